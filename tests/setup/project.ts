import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { onTestFinished } from "vitest";

const REPOSITORY = join(import.meta.dirname, "../..");
const STUB = join(import.meta.dirname, "stub_main.ts");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** A copy of the set-up scripts in a folder of its own, with a small server, a home, and an npm that the test plays. */
export async function project() {
  const base = await realpath(await mkdtemp(join(tmpdir(), "fieldwork setup ü ")));
  const root = join(base, "the project");
  const home = join(base, "the home");
  await mkdir(join(root, "node_modules"), { recursive: true });
  for (const name of ["setup", "start.sh", "stop.sh", "restart.sh", "test.sh", "fw"])
    await cp(join(REPOSITORY, name), join(root, name), { recursive: true });
  await writeFile(join(root, "package.json"), '{"type":"module"}');
  await writeFile(join(root, "package-lock.json"), '{"packages":{"":{}}}');
  await writeFile(join(root, "node_modules/.package-lock.json"), '{"packages":{}}');
  await writeFile(join(root, "main.ts"), `import ${JSON.stringify(STUB)};\n`);

  const run = (script: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
    runProgram(join(root, script), args, {
      PATH: process.env.PATH ?? "",
      FIELDWORK_HOME: home,
      FIELDWORK_PORT: "0",
      ...env,
    });
  const state = async () => JSON.parse(await readFile(join(home, "run/server.json"), "utf8"));
  onTestFinished(async () => {
    await run("stop.sh");
    await rm(base, { recursive: true, force: true });
  });
  return { base, root, home, run, state };
}

export function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    let stdout = "";
    let stderr = "";
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr, ms: performance.now() - begun }));
  });
}

/** A program named `npm` first on the PATH, written in JavaScript by the test; gives that PATH. */
export async function fakeNpm(base: string, source: string): Promise<string> {
  const folder = join(base, "bin");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "npm"), `#!${process.execPath}\n${source}`);
  await chmod(join(folder, "npm"), 0o755);
  return [folder, dirname(process.execPath), process.env.PATH].join(delimiter);
}

/** Makes every Node that is started believe that it is an old one, as far as scripts can see. */
export const OLD_NODE = {
  NODE_OPTIONS: `--import ${JSON.stringify(
    `data:text/javascript,Object.defineProperty(process,"version",{value:"v20.20.2"})`,
  )}`,
};

/** Does it run? In a container an ended process may stay in the table as a zombie for want of one who collects it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}
