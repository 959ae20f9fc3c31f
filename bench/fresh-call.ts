/**
 * One call of an agent in a fresh instance, from the kernel into the sandbox process and back: the templates' `sum`. Beside
 * it the bare instantiation of the same module, with imports that do nothing.
 * `node bench/fresh-call.ts`
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Figure, show } from "./figure.ts";
import { duration, quietMedian } from "./harness.ts";
import { startKernel } from "./kernel.ts";
import { template } from "./templates.ts";

const REPETITIONS = 7;
const AGENTS = [
  { language: "rust", name: "Rust", aimMs: 0.3, rounds: 500 },
  { language: "ts", name: "TypeScript", aimMs: 2, rounds: 300 },
  { language: "go", name: "Go", aimMs: 15, rounds: 40 },
] as const;

function bareInstances(wasm: Uint8Array<ArrayBuffer>): () => WebAssembly.Instance {
  const module = new WebAssembly.Module(wasm);
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module))
    imports[from] = { ...imports[from], [name]: () => 0 };
  return () => new WebAssembly.Instance(module, imports);
}

const bench = await startKernel();
const figures: Figure[] = [];
for (const { language, name, aimMs, rounds } of AGENTS) {
  const what = `fresh call of a ${name} agent, p50 (p99)`;
  const aim = `≤ ${duration(aimMs)}`;
  const built = await template(language);
  if (!built) {
    figures.push({ what, aim, measured: "no compiler here", baseline: "–", met: true });
    continue;
  }
  await bench.add(built.id, built.files, built.manifest);
  const called = await quietMedian(REPETITIONS, rounds, async () => {
    const { reply } = await bench.result<{ reply: { sum: number } }>("module.invoke", {
      id: built.id,
      function: "sum",
      args: { numbers: [1, 2, 3.5] },
    });
    if (reply.sum !== 6.5) throw new Error(`${name} cannot add`);
  });
  const engine = fileURLToPath(import.meta.resolve("quickjs-wasi/quickjs.wasm"));
  const bare = await quietMedian(
    3,
    rounds,
    bareInstances(built.wasm ?? Uint8Array.from(readFileSync(engine))),
  );
  figures.push({
    what,
    aim,
    measured: `${duration(called.p50)} (${duration(called.p99)})`,
    baseline: `${duration(bare.p50)}, bare instantiate`,
    met: called.p50 <= aimMs,
  });
}
await bench.end();
show(figures);
