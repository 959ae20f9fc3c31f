import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { dropSignatures, signsOf } from "./signatures.ts";
import { nearest, packVector } from "./vectors.ts";

const DIMENSIONS = 96;
/** The same numbers each time; about as normal as embeddings are. */
const vectorOf = (seed: number): number[] =>
  Array.from(
    { length: DIMENSIONS },
    (_, at) => Math.sin(seed * 12.9898 + at * 78.233) * Math.cos(seed * at + 1),
  );

test("the nearest of many vectors is found, also among those that came later, and none that is forgotten", () => {
  const folder = mkdtempSync(join(tmpdir(), "vectors-"));
  const db = new DatabaseSync(join(folder, "state.db"));
  db.exec(`CREATE TABLE mind_vector (memory INTEGER PRIMARY KEY, model TEXT, scale REAL, vector BLOB);
    CREATE TABLE mind_signature (memory INTEGER PRIMARY KEY, model TEXT, signs BLOB);
    CREATE TABLE mind_embedded (model TEXT PRIMARY KEY, upto INTEGER, begun INTEGER)`);
  const add = (from: number, to: number, begun: number) => {
    db.exec("BEGIN");
    for (let id = from; id <= to; id++) {
      const { scale, bytes } = packVector(vectorOf(id));
      db.prepare("INSERT OR REPLACE INTO mind_vector VALUES (?, 'm', ?, ?)").run(id, scale, bytes);
      const signs = new Uint8Array(signsOf(vectorOf(id)).buffer);
      db.prepare("INSERT OR REPLACE INTO mind_signature VALUES (?, 'm', ?)").run(id, signs);
    }
    db.prepare("INSERT OR REPLACE INTO mind_embedded VALUES ('m', ?, ?)").run(to, begun);
    db.exec("COMMIT");
  };
  const first = (seed: number) => [...nearest(db, { model: "m", values: vectorOf(seed) })][0];
  add(1, 3000, 1);
  for (const id of [1, 777, 3000]) {
    expect(first(id)?.[0]).toBe(id);
    expect(first(id)?.[1]).toBeGreaterThan(0.99);
  }
  add(3001, 3500, 1);
  expect(first(3400)?.[0]).toBe(3400);
  db.exec("DELETE FROM mind_vector WHERE memory = 777; DELETE FROM mind_signature WHERE memory = 777");
  expect(first(777)?.[0]).not.toBe(777);
  expect(nearest(db, { model: "another", values: vectorOf(1) }).size).toBe(0);
  // Begun anew, as after another model: nothing of before is taken as still there.
  db.exec("DELETE FROM mind_signature");
  add(1, 10, 2);
  expect(first(5)?.[0]).toBe(5);
  expect(nearest(db, { model: "m", values: vectorOf(3400) }).has(3400)).toBe(false);
  dropSignatures(db);
  db.close();
  rmSync(folder, { recursive: true });
});
