import { randomFillSync } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { importsOf, recordingOptions } from "./fixtures/guest.ts";
import { createMemoryFs } from "./fixtures/memory-fs.ts";
import { assemblyScript, compileFixture, toolchains } from "./fixtures/toolchains.ts";
import { createWasi, WasiExit, type WasiOptions } from "./index.ts";

async function run(module: WebAssembly.Module, given: Partial<WasiOptions>) {
  const { options, recorded } = recordingOptions({
    now: () => BigInt(Date.now()) * 1_000_000n,
    monotonic: () => process.hrtime.bigint(),
    random: (buffer) => void randomFillSync(buffer),
    sleep: async (ms) => void (await wait(ms)),
    ...given,
  });
  const wasi = createWasi(options);
  const { exports } = new WebAssembly.Instance(module, importsOf(wasi));
  wasi.bind(exports.memory as WebAssembly.Memory);
  const start = WebAssembly.promising(exports._start as () => void);
  await start().catch((error: unknown) => {
    if (!(error instanceof WasiExit)) throw error;
  });
  return {
    exitCode: wasi.exitCode,
    stdout: Buffer.concat(recorded.stdout).toString(),
    stderr: Buffer.concat(recorded.stderr).toString(),
  };
}

const transcript = `args 3 one two words
env grüß dich
stdin 9 some text
mkdir ok
mkdir exists
log 11 hello World
rename ok
missing not found
rmdir not empty
list 301 0 44850
unlink ok
rmdir ok
escape refused
elsewhere refused
link refused
sleep ok
year ok
random ok
`;

describe("a program compiled by a real toolchain", () => {
  for (const { language, source, compiler } of toolchains) {
    if ("missing" in compiler) console.warn(`skipped: a program in ${language} (${compiler.missing})`);
    it.skipIf("missing" in compiler)(
      `finds the world it expects: ${language}`,
      { timeout: 300_000 },
      async () => {
        if ("missing" in compiler) return;
        const fs = createMemoryFs();
        const result = await run(compileFixture(source, compiler), {
          args: ["tour", "one", "two words"],
          env: { GREETING: "grüß dich" },
          stdin: Buffer.from("some text"),
          preopens: { "/workspace": fs },
        });
        expect(result).toEqual({ exitCode: 3, stdout: transcript, stderr: "log line\n" });
        expect(await fs.list("")).toEqual([]);
      },
    );
  }

  it("finds the world it expects: AssemblyScript", async () => {
    const module = compileFixture("echo.assemblyscript", assemblyScript);
    expect(await run(module, { args: ["echo", "said"] })).toMatchObject({
      exitCode: undefined,
      stdout: "said",
    });
  });
});
