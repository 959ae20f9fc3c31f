import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../kernel/storage/index.ts";
import { addMemory } from "../../modules/mind/memories/add.ts";
import { forget, settle } from "../../modules/mind/memories/forget.ts";
import { numberOf } from "../../modules/mind/memories/identity.ts";
import { cleanse } from "../../modules/mind/recall/cleanse.ts";
import { stateMigrations } from "../../modules/mind/tables.ts";
import { createRandom } from "./random.ts";

test("among thousands of memories that come and go, none that was forgotten leaves a byte on the disk, and the index stays sound", async () => {
  const folder = mkdtempSync(join(tmpdir(), "forget-"));
  const db = openDatabase(join(folder, "state.db"), { ladders: { mind: stateMigrations } });
  const random = createRandom(3);
  const words = (count: number) =>
    Array.from(
      { length: count },
      () => `w${Math.floor((random.below(4000) * random.below(4000)) / 4000).toString(36)}q`,
    ).join(" ");
  const kept: { readonly id: number; readonly secret: string }[] = [];
  const gone: string[] = [];
  for (let round = 0; round < 24; round++) {
    db.transaction(() => {
      for (let at = 0; at < 150; at++) {
        const secret = `Zx${round * 1000 + at}yvkk${random.below(99_999).toString(36)}jx`;
        const content = `${words(5 + random.below(60))} ${secret} ${words(random.below(40))}`;
        const circumstances = { now: round, session: `s${random.below(20)}`, tainted: false };
        kept.push({
          id: numberOf("memory", addMemory(db, { content, speaker: "Bo" }, circumstances).id),
          secret,
        });
      }
    });
    const chosen = Array.from({ length: 30 }, () => kept.splice(random.below(kept.length), 1)).flat();
    const { forgotten, traces } = forget(
      db,
      chosen.map(({ id }) => id),
    );
    expect(forgotten).toBe(30);
    await settle(() => db, traces, { cleanse: async (path, known) => cleanse(path, known) });
    gone.push(...chosen.map(({ secret }) => secret.toLowerCase()));
    if (round % 8 !== 7) continue;
    const bytes = [db.path, `${db.path}-wal`]
      .map((path) => readFileSync(path, "latin1").toLowerCase())
      .join("");
    expect(gone.filter((secret) => bytes.includes(secret))).toEqual([]);
    expect(kept.every(({ secret }) => bytes.includes(secret.toLowerCase()))).toBe(true);
  }
  db.sql("INSERT INTO mind_memory_fts (mind_memory_fts, rank) VALUES ('integrity-check', 1)").run();
  expect(db.sql("PRAGMA integrity_check").get()).toMatchObject({ integrity_check: "ok" });
  db.close();
  rmSync(folder, { recursive: true });
});
