/**
 * What a server costs that has answered one call and then waits: memory of all its processes, and CPU over a minute. Beside it a bare
 * Node process that waits as long.
 * `node bench/idle.ts`
 */
import { setTimeout as sleep } from "node:timers/promises";
import { addModule, startSystem } from "../tests/support/system.ts";
import { startBare } from "./bare-process.ts";
import { show } from "./figure.ts";
import { mebibytes } from "./harness.ts";
import { cpuMsOf, memoryOf } from "./processes.ts";
import { template } from "./templates.ts";

const IDLE_MS = 60_000;
const MEMORY_AIM_BYTES = 220 * 1024 * 1024;
const CPU_AIM_SHARE = 0.005;

const agent = await template("ts");
if (!agent) throw new Error("the TypeScript template needs no compiler");
const system = await startSystem();
await addModule(system, agent.id, agent.files, agent.manifest);
await system.result("module.invoke", { id: agent.id, function: "sum", args: { numbers: [1, 2] } });
const bare = await startBare();

/** Waits with both, and gives the share of one processor that each took. */
const before = [system.pid, bare.pid].map(cpuMsOf);
const begun = performance.now();
await sleep(IDLE_MS);
const took = performance.now() - begun;
const share = [system.pid, bare.pid].map((pid, index) => {
  const spent = cpuMsOf(pid);
  const earlier = before[index];
  return spent === undefined || earlier === undefined ? undefined : Math.max(0, spent - earlier) / took;
});
const percent = (part: number | undefined): string =>
  part === undefined ? "not told here" : `${(part * 100).toFixed(2)} %`;

const held = memoryOf(system.pid);
const bareHeld = memoryOf(bare.pid);
bare.end();
await system.end();

show([
  {
    what: `idle after one call: memory of all ${held.processes} processes`,
    aim: `≤ ${mebibytes(MEMORY_AIM_BYTES)}`,
    measured: mebibytes(held.bytes),
    baseline: `${mebibytes(bareHeld.bytes)}, bare node process`,
    met: held.bytes <= MEMORY_AIM_BYTES,
  },
  {
    what: `idle after one call: CPU over ${IDLE_MS / 1000} s`,
    aim: `≤ ${percent(CPU_AIM_SHARE)}`,
    measured: percent(share[0]),
    baseline: `${percent(share[1])}, bare node process`,
    met: (share[0] ?? 0) <= CPU_AIM_SHARE,
  },
]);
