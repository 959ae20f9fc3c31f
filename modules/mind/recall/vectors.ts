import type { DatabaseSync } from "node:sqlite";
import { prepared } from "./prepared.ts";
import { alikeBySigns, signsOf } from "./signatures.ts";

/** A text's place in the space of an embedder; only vectors of the same model are compared. */
export interface QueryVector {
  readonly model: string;
  readonly values: readonly number[];
}

/** A vector of unit length in bytes: each component times 127 over the largest, and that largest as `scale`. */
export interface PackedVector {
  readonly scale: number;
  readonly bytes: Uint8Array;
}

const NEAR_MOST = 100;
/** Vectors that are read for a query; where many are alike to the same degree, a few more. */
const READ_MOST = 400;
const READ_AT_MOST = 1000;
/** Embedders give unrelated texts a likeness too; below this a likeness says nothing. */
const LIKE_LEAST = 0.35;

export function packVector(numbers: ArrayLike<number>): PackedVector {
  const values = Float64Array.from(numbers);
  const length = Math.hypot(...values) || 1;
  const most = values.reduce((sum, value) => Math.max(sum, Math.abs(value)), 0) / length || 1;
  const bytes = Int8Array.from(values, (value) => Math.round((value / length / most) * 127));
  return { scale: most / 127, bytes: new Uint8Array(bytes.buffer) };
}

/**
 * The memories whose vectors are nearest to a query's, with their likeness (cosine, 0…1): exact among those whose signs are most alike,
 * which hold nearly all of the nearest.
 */
export function nearest(db: DatabaseSync, { model, values }: QueryVector): ReadonlyMap<number, number> {
  const packed = packVector(values);
  const query = new Int8Array(packed.bytes.buffer);
  const ids = alikeBySigns(db, model, signsOf(values), READ_MOST);
  const rows = prepared(
    db,
    "SELECT memory, scale, vector FROM mind_vector WHERE memory IN (SELECT value FROM json_each(?)) AND model = ?",
  ).all(JSON.stringify(ids.slice(0, READ_AT_MOST)), model) as unknown as readonly Stored[];
  const found: [number, number][] = [];
  for (const { memory, scale, vector } of rows) {
    if (vector.length !== query.length) continue;
    const own = new Int8Array(vector.buffer, vector.byteOffset, vector.length);
    let sum = 0;
    for (let at = 0; at < own.length; at++) sum += (own[at] as number) * (query[at] as number);
    const like = sum * scale * packed.scale;
    if (like >= LIKE_LEAST) found.push([memory, Math.min(1, like)]);
  }
  return new Map(found.sort((a, b) => b[1] - a[1]).slice(0, NEAR_MOST));
}

interface Stored {
  readonly memory: number;
  readonly scale: number;
  readonly vector: Uint8Array;
}
