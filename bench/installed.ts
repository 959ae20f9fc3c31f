/**
 * What a thousand agents cost that are installed, approved and idle. Beside it the same server with none.
 * `node bench/installed.ts`
 */
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { freshHome, startSystem, until, writeModule } from "../tests/support/system.ts";
import { show } from "./figure.ts";
import { duration, mebibytes } from "./harness.ts";
import { memoryOf } from "./processes.ts";
import { template } from "./templates.ts";

const AGENTS = 1000;
const SETTLE_MS = 10_000;
const AIM_BYTES = 64 * 1024 * 1024;

const agent = await template("ts");
if (!agent) throw new Error("the TypeScript template needs no compiler");
const ids = Array.from({ length: AGENTS }, (_, index) => `agent-${index}`);
const full = freshHome();

async function idleBytes(home: string): Promise<{ bytes: number; readyMs: number }> {
  const begun = performance.now();
  const system = await startSystem({ home });
  const readyMs = performance.now() - begun;
  await sleep(SETTLE_MS);
  const { bytes } = memoryOf(system.pid);
  await system.stop();
  return { bytes, readyMs };
}

const empty = freshHome();
const without = await idleBytes(empty);

for (const id of ids) writeModule(full, id, agent.files, { ...agent.manifest, id });
const installing = await startSystem({ home: full });
for (const id of ids) {
  await until(`${id} is noticed`, async () => (await installing.call("agent.show", { id })).ok);
  await installing.result("agent.approve", { id, grants: "all" });
}
await installing.stop();
const withAll = await idleBytes(full);
for (const home of [empty, full]) rmSync(home, { recursive: true, force: true });

const more = withAll.bytes - without.bytes;
show([
  {
    what: `${AGENTS.toLocaleString("en")} agents installed and idle: memory they add`,
    aim: `≤ ${mebibytes(AIM_BYTES)}`,
    measured: `${mebibytes(more)} (ready in ${duration(withAll.readyMs)})`,
    baseline: `${mebibytes(without.bytes)} with none (ready in ${duration(without.readyMs)})`,
    met: more <= AIM_BYTES,
  },
]);
