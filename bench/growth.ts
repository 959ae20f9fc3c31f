/**
 * The memory of the server after many turns against that after a tenth of them. A pilot of 3,000 turns, or with `--all` the whole
 * 10,000; eight conversations side by side, each of twenty turns before the next one begins.
 * `node bench/growth.ts [--all]`
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Health } from "#contract";
import { startConversation } from "./conversation.ts";
import { show } from "./figure.ts";
import { mebibytes } from "./harness.ts";
import { type Memory, memoryOf } from "./processes.ts";
import { startScriptedModel } from "./scripted-model.ts";

const TURNS = process.argv.includes("--all") ? 10_000 : 3000;
const EARLY_TURNS = TURNS / 10;
const AT_ONCE = 8;
const SESSION_TURNS = 20;
const SAMPLES = 10;
const SAMPLE_MS = 500;
/** A heap breathes by so much from one collection to the next. */
const NOISE = 0.1;

const model = await startScriptedModel();
const conversation = await startConversation(model.url);
let said = 0;
const turnsUpTo = async (count: number) => {
  const one = async (lane: number) => {
    while (said < count) {
      const n = said++;
      const session = `lane-${lane}-${Math.floor(n / AT_ONCE / SESSION_TURNS)}`;
      await conversation.say(`Message ${n}: what do you think of number ${n * 7919}?`, session);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, lane) => one(lane)));
};
interface Held extends Memory {
  /** Live and dead objects of the server's main thread. */
  readonly heapBytes: number;
}
/** The least that all processes of the server hold together while nothing happens. */
const held = async (): Promise<Held> => {
  let least: Memory | undefined;
  for (let sample = 0; sample < SAMPLES; sample++) {
    await sleep(SAMPLE_MS);
    const now = memoryOf(conversation.system.pid);
    if (!least || now.bytes < least.bytes) least = now;
  }
  const { memory } = (await conversation.system.result("system.health")) as unknown as Health;
  return { ...(least as Memory), heapBytes: memory.heap_bytes };
};

await turnsUpTo(EARLY_TURNS);
const early = await held();
await turnsUpTo(TURNS);
const late = await held();
await conversation.end();
model.end();

const share = (late.bytes - early.bytes) / early.bytes;
const count = (turns: number) => turns.toLocaleString("en");
show([
  {
    what: `memory of all processes after ${count(TURNS)} turns`,
    aim: `no more than ${(NOISE * 100).toFixed(0)} % above that after ${count(EARLY_TURNS)}`,
    measured: `${mebibytes(late.bytes)} (${share >= 0 ? "+" : ""}${(share * 100).toFixed(1)} %)`,
    baseline: `${mebibytes(early.bytes)}, after ${count(EARLY_TURNS)}`,
    met: share <= NOISE,
  },
]);

const parts = (turns: number, { parts: { first, others, shared }, heapBytes }: Held): void =>
  console.error(
    `after ${count(turns)}: server ${mebibytes(first)} (heap ${mebibytes(heapBytes)}), sandbox ${mebibytes(others)}, shared ${mebibytes(shared)}`,
  );
parts(EARLY_TURNS, early);
parts(TURNS, late);
