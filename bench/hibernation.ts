/**
 * The first message to a hibernated TypeScript agent: its program is in no sandbox process, its database is closed. Agents are put to
 * sleep by starting the server anew on their home; one of them is woken first, so that the engine they share is there. The overhead is
 * what the first message takes beyond the second; beside it the second.
 * `node bench/hibernation.ts`
 */
import { rmSync } from "node:fs";
import type { Mail } from "#contract";
import { addModule, freshHome, type System, startSystem } from "../tests/support/system.ts";
import { show } from "./figure.ts";
import { duration, timingOf } from "./harness.ts";

const AGENTS = 40;
const AIM_MS = 25;
const SOURCE = `import { agent } from "fieldwork";
export default agent({
  async onMessage({ text }, host) {
    await host.store.kv.set("last", text);
    return "You said: " + text;
  },
});
`;

const home = freshHome();
const ids = Array.from({ length: AGENTS }, (_, n) => `sleeper-${n}`);
/** Milliseconds from a message to its answer. */
const send = async (system: System, to: string): Promise<number> => {
  const begun = performance.now();
  const { mail } = await system.result<{ mail: Mail }>("message.send", { to, text: "hello", wait: true });
  if (mail.state !== "done") throw new Error(JSON.stringify(mail.error));
  return performance.now() - begun;
};

const before = await startSystem({ home });
for (const [n, id] of ids.entries()) await addModule(before, id, { "agent.ts": `${SOURCE}// ${n}\n` });
for (const id of ids) await send(before, id);
await before.stop();

const system = await startSystem({ home });
await send(system, ids[0] as string);
const times: { readonly first: number; readonly second: number }[] = [];
for (const id of ids.slice(1)) {
  const first = await send(system, id);
  times.push({ first, second: await send(system, id) });
}
await system.stop();
rmSync(home, { recursive: true, force: true });

const { p50, p99 } = timingOf(times.map(({ first, second }) => first - second));
const warm = timingOf(times.map(({ second }) => second));
show([
  {
    what: "first message to a hibernated TypeScript agent, overhead, p50 (p99)",
    aim: `≤ ${duration(AIM_MS)}`,
    measured: `${duration(p50)} (${duration(p99)})`,
    baseline: `${duration(warm.p50)} (${duration(warm.p99)}), the second message`,
    met: p50 <= AIM_MS,
  },
]);
