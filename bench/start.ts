/**
 * From starting the process to being ready: on a fresh home, and again on the same home. Beside it a Node process that does
 * nothing.
 * `node bench/start.ts`
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { freshHome, startSystem } from "../tests/support/system.ts";
import { show } from "./figure.ts";
import { duration, quietMedian, timingOf } from "./harness.ts";

const ROUNDS = 9;
const AIM_MS = 1500;

async function startedIn(home: string): Promise<number> {
  const begun = performance.now();
  const system = await startSystem({ home });
  const took = performance.now() - begun;
  await system.stop();
  return took;
}

const first: number[] = [];
const again: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const home = freshHome();
  first.push(await startedIn(home));
  again.push(await startedIn(home));
  rmSync(home, { recursive: true, force: true });
}
const bare = await quietMedian(3, ROUNDS, () => execFileSync(process.execPath, ["-e", "0"]));
const baseline = `${duration(bare.p50)}, node -e 0`;

show(
  [
    { what: "process start → ready, fresh home", took: timingOf(first).p50 },
    { what: "process start → ready, known home", took: timingOf(again).p50 },
  ].map(({ what, took }) => ({
    what,
    aim: `≤ ${duration(AIM_MS)}`,
    measured: duration(took),
    baseline,
    met: took <= AIM_MS,
  })),
);
