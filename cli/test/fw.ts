import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const FW = join(import.meta.dirname, "..", "fw.ts");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the one JSON document it must be. */
  json(): unknown;
}

export interface RunOptions {
  readonly home: string;
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Another program file than `cli/fw.ts`, from {@link programIn}. */
  readonly program?: string;
}

/** Runs the real `fw` as a process of its own, without a terminal. */
export async function fw(args: readonly string[], options: RunOptions): Promise<Ran> {
  const child = spawnFw(args, options);
  child.stdin?.end(options.input ?? "");
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr, json: () => JSON.parse(stdout) };
}

export function spawnFw(args: readonly string[], { home, env, program = FW }: RunOptions) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, FIELDWORK_HOME: home, TZ: "UTC", ...env },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** A folder that goes away with the test, and in it the path of a home that is not there yet. */
export function freshPlace(): { readonly folder: string; readonly home: string } {
  const folder = mkdtempSync(join(tmpdir(), "fw-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, home: join(folder, "home") };
}

/** The command line as the program of another root folder, holding the files given. */
export function programIn(root: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const program = join(root, "fw-here.ts");
  const main = join(import.meta.dirname, "..", "main.ts");
  writeFileSync(
    program,
    `import { main } from ${JSON.stringify(main)};\nprocess.exitCode = await main(process.argv.slice(2), ${JSON.stringify(root)}, process.env);\n`,
  );
  return program;
}
