import { afterAll, describe, expect, test } from "vitest";
import { obtainCorpus } from "./corpus.ts";
import { emptyTally, runScript, type Tally } from "./script.ts";

const corpus = obtainCorpus();

if ("missing" in corpus) {
  console.log(`The official test scripts are skipped: ${corpus.missing}`);
  test.skip("official test scripts (not obtainable here)", () => {});
} else {
  describe("official test scripts end alike bare and metered", () => {
    const total = emptyTally();
    test.each(corpus.scripts)("%s", (script) => {
      const tally = runScript(corpus.folder, script, {
        same: (bare, metered, what) => expect(metered, what).toEqual(bare),
        wrong: (what) => expect.unreachable(what),
      });
      for (const key of Object.keys(total) as (keyof Tally)[]) total[key] += tally[key];
    });
    afterAll(() => {
      console.log(`${corpus.scripts.length} scripts: ${JSON.stringify(total)}`);
      expect(total.modules).toBeGreaterThan(3000);
      expect(total.actions).toBeGreaterThan(50_000);
    });
  });
}
