import type { DatabaseSync } from "node:sqlite";
import { prepared } from "./prepared.ts";

/**
 * The signs of every vector's components, a bit each, in memory beside an open file: which vectors may be near is told by how many bits
 * differ (Charikar 2002, random hyperplanes), and only those are read.
 */
interface Signatures {
  readonly model: string;
  /** When the vectors were begun anew, as `mind_embedded` says. */
  readonly begun: number;
  readonly words: number;
  ids: Float64Array;
  signs: Uint32Array;
  count: number;
  /** The highest memory that was loaded: later ones come behind it. */
  last: number;
}

const LOADED_AT_ONCE = 20_000;
/** All files together; the one used longest ago gives way. */
const BYTES_MOST = 96 * 1024 * 1024;
const known = new Map<DatabaseSync, Signatures>();

/** The signs of a vector's components: bit `n % 32` of word `n / 32`. */
export function signsOf(values: ArrayLike<number>): Uint32Array {
  const signs = new Uint32Array(Math.ceil(values.length / 32));
  for (let at = 0; at < values.length; at++)
    if ((values[at] as number) > 0) signs[at >>> 5] = (signs[at >>> 5] as number) | (1 << (at & 31));
  return signs;
}

/** The memories whose signs differ least from those of a query, `most` and those that differ as much as the last of them. */
export function alikeBySigns(db: DatabaseSync, model: string, query: Uint32Array, most: number): number[] {
  const { ids, signs, count } = signaturesOf(db, model, query.length);
  const words = query.length;
  const distances = new Uint16Array(count);
  const histogram = new Uint32Array(words * 32 + 1);
  for (let row = 0, at = 0; row < count; row++) {
    let distance = 0;
    for (let word = 0; word < words; word++)
      distance += ones((signs[at++] as number) ^ (query[word] as number));
    distances[row] = distance;
    histogram[distance] = (histogram[distance] as number) + 1;
  }
  let limit = -1;
  for (let sum = 0; limit + 1 < histogram.length && sum < most; ) sum += histogram[++limit] as number;
  const found: number[] = [];
  for (let row = 0; row < count; row++)
    if ((distances[row] as number) <= limit) found.push(ids[row] as number);
  return found;
}

/** Bits set in 32. */
function ones(bits: number): number {
  let sum = bits - ((bits >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function signaturesOf(db: DatabaseSync, model: string, words: number): Signatures {
  const done = prepared(db, "SELECT begun, upto FROM mind_embedded WHERE model = ?").get(model) as
    | { begun: number; upto: number }
    | undefined;
  const begun = done?.begun ?? 0;
  let own = known.get(db);
  if (own?.model !== model || own.begun !== begun || own.words !== words)
    own = { model, begun, words, ids: new Float64Array(0), signs: new Uint32Array(0), count: 0, last: 0 };
  known.delete(db);
  known.set(db, own);
  while (own.last < (done?.upto ?? 0) && load(db, own));
  let bytes = 0;
  for (const one of known.values()) bytes += one.ids.byteLength + one.signs.byteLength;
  for (const [file, one] of known) {
    if (bytes <= BYTES_MOST || file === db) break;
    known.delete(file);
    bytes -= one.ids.byteLength + one.signs.byteLength;
  }
  return own;
}

/** Lets go of what is known of a file. */
export const dropSignatures = (db: DatabaseSync): void => void known.delete(db);

/** Reads on. @returns whether there was anything */
function load(db: DatabaseSync, own: Signatures): boolean {
  const row = prepared(
    db,
    `SELECT json_group_array(memory) AS ids, group_concat(hex(signs), '') AS signs, max(memory) AS last FROM
       (SELECT memory, signs FROM mind_signature WHERE memory > ?1 AND model = ?2 AND length(signs) = ?3 ORDER BY memory LIMIT ${LOADED_AT_ONCE})`,
  ).get(own.last, own.model, own.words * 4) as { ids: string; signs: string | null; last: number | null };
  if (row.last === null || row.signs === null) return false;
  const ids = JSON.parse(row.ids) as number[];
  const bytes = Buffer.from(row.signs, "hex");
  const count = own.count + ids.length;
  if (count > own.ids.length) {
    const room = Math.max(1024, Math.ceil(count * 1.25));
    const [grownIds, grownSigns] = [new Float64Array(room), new Uint32Array(room * own.words)];
    grownIds.set(own.ids.subarray(0, own.count));
    grownSigns.set(own.signs.subarray(0, own.count * own.words));
    [own.ids, own.signs] = [grownIds, grownSigns];
  }
  own.ids.set(ids, own.count);
  new Uint8Array(own.signs.buffer, own.count * own.words * 4, bytes.length).set(bytes);
  own.count = count;
  own.last = row.last;
  return true;
}
