/**
 * A turn of the standard kind over HTTP, with a scripted model that answers at once from a process of its own: accepted (202, on
 * the disk), first token (on `/api/events`), done (answered, remembered). Then a hundred turns at once with a model that takes a
 * second. Beside them what the disk and the same model take by themselves.
 * `node bench/turn.ts`
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Heard, startConversation } from "./conversation.ts";
import { show } from "./figure.ts";
import { duration, quietest, time, timingOf } from "./harness.ts";
import { type ScriptedModel, startScriptedModel } from "./scripted-model.ts";

const TURNS = 100;
const REPETITIONS = 3;
const SESSION_TURNS = 10;
const AIMS_MS = { accepted: 5, first: 15, done: 25 } as const;
const AT_ONCE = 100;
const MODEL_MS = 1000;
const AT_ONCE_AIM_MS = 2000;

const instant = await startScriptedModel();
const conversation = await startConversation(instant.url);
let said = 0;
/** Conversations of some turns, as people have them. */
const talk = async (turns: number) => {
  const heard: Heard[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const session = `s${Math.floor(said / SESSION_TURNS)}`;
    heard.push(await conversation.say(`Message ${said++}: how is the weather at the harbour?`, session));
  }
  const p50 = (part: "accepted" | "first" | "done") => timingOf(heard.map((one) => one[part])).p50;
  return { accepted: p50("accepted"), first: p50("first"), done: p50("done") };
};
await talk(TURNS / 2);
const turn = await quietest(
  REPETITIONS,
  () => talk(TURNS),
  ({ done }) => done,
);
await conversation.end();
const direct = await directly(instant);
instant.end();
const disk = await synced();

const slow = await startScriptedModel({ first_ms: MODEL_MS });
const crowd = await startConversation(slow.url);
await crowd.say("Good morning", "warm");
const together = async (round: string) => {
  const begun = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => crowd.say(`Message ${n}`, `${round}-${n}`)));
  return performance.now() - begun;
};
let rounds = 0;
const all = await quietest(
  REPETITIONS,
  () => together(`r${rounds++}`),
  (took) => took,
);
await crowd.end();
const alone = await directly(slow, 1);
slow.end();

show([
  ...(["accepted", "first", "done"] as const).map((part) => ({
    what: {
      accepted: "turn with an instant model: accepted durably, p50",
      first: "the same: first token, p50",
      done: "the same: done, p50",
    }[part],
    aim: `≤ ${duration(AIMS_MS[part])}`,
    measured: duration(turn[part]),
    baseline:
      part === "accepted"
        ? `${duration(disk)}, one bare write and fdatasync`
        : `${duration(direct[part])}, the model asked directly`,
    met: turn[part] <= AIMS_MS[part],
  })),
  {
    what: `${AT_ONCE} turns at once with a model that takes ${duration(MODEL_MS)}: all done`,
    aim: `≤ ${duration(AT_ONCE_AIM_MS)}`,
    measured: duration(all),
    baseline: `${duration(alone.done)}, one request to the model`,
    met: all <= AT_ONCE_AIM_MS,
  },
]);

/** The medians of a streamed request without anything in between. */
async function directly({ port }: ScriptedModel, requests = TURNS) {
  const agent = new Agent({ keepAlive: true });
  const body = JSON.stringify({ model: "m", messages: [{ role: "user", content: "Hello" }], stream: true });
  const ask = () =>
    new Promise<{ first: number; done: number }>((resolve, reject) => {
      const begun = performance.now();
      const sent = request(
        { host: "127.0.0.1", port, path: "/v1/chat/completions", method: "POST", agent },
        (answer) => {
          let first: number | undefined;
          answer.on("data", () => {
            first ??= performance.now() - begun;
          });
          answer.once("end", () => resolve({ first: first ?? 0, done: performance.now() - begun }));
        },
      );
      sent.once("error", reject);
      sent.end(body);
    });
  const times: { readonly first: number; readonly done: number }[] = [];
  for (let n = 0; n < requests; n++) times.push(await ask());
  agent.destroy();
  const p50 = (part: "first" | "done") => timingOf(times.map((one) => one[part])).p50;
  return { first: p50("first"), done: p50("done") };
}

/** The median of putting a page on the disk. */
async function synced(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "fw-bench-"));
  const file = openSync(join(folder, "log"), "a");
  const page = Buffer.alloc(4096);
  const { p50 } = await time(TURNS, () => {
    writeSync(file, page);
    fdatasyncSync(file);
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return p50;
}
