import { rmSync } from "node:fs";
import type { JsonValue, Logger, Reply } from "#contract";
import { createKernel, type Kernel } from "#kernel";
import { builtIn } from "../modules/index.ts";
import { freshHome, ROOT, until, writeModule } from "../tests/support/system.ts";

/** A kernel with the built-in modules on a home of its own, in this process; calls are made as the owner. */
export interface BenchKernel {
  readonly home: string;
  readonly kernel: Kernel;
  result<T>(cap: string, args: JsonValue): Promise<T>;
  /** Adds a module and approves all that it asks for. */
  add(
    id: string,
    files: Readonly<Record<string, string | Uint8Array>>,
    manifest: Readonly<Record<string, JsonValue>>,
  ): Promise<void>;
  end(): Promise<void>;
}

const silent = () => {};
const complain = (text: string) => void process.stderr.write(`${text}\n`);
const quiet: Logger = { debug: silent, info: silent, warn: silent, error: complain };

export async function startKernel(): Promise<BenchKernel> {
  const home = freshHome();
  const kernel = await createKernel({
    home,
    root: ROOT,
    modules: builtIn,
    logger: () => quiet,
    // Fractions of a millisecond, so that the journal's times tell how far apart two calls were.
    now: () => performance.timeOrigin + performance.now(),
  });
  const call = (cap: string, args: JsonValue): Promise<Reply> =>
    kernel.call({ id: "owner", tier: "owner" }, cap, args);
  const result = async <T>(cap: string, args: JsonValue): Promise<T> => {
    const reply = await call(cap, args);
    if (!reply.ok) throw new Error(`${cap}: ${reply.error.code}: ${reply.error.message}`);
    return reply.result as T;
  };
  for (const key of ["limits.calls_per_second", "limits.calls_burst"])
    await result("setting.set", { key, value: 10_000_000 });
  return {
    home,
    kernel,
    result,
    async add(id, files, manifest) {
      writeModule(home, id, files, manifest);
      await until(`${id} is noticed`, async () => (await call("agent.show", { id })).ok);
      await result("agent.approve", { id, grants: "all" });
    },
    async end() {
      await kernel.close();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
