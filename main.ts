/**
 * The composition root: kernel, built-in modules and server become one process.
 *
 *     node main.ts [--home DIR] [--migrate-only | --reset-password]
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Caller, type Logger, toErrorData, VERSION } from "#contract";
import { createKernel, type Kernel } from "#kernel";
import { type BackupService, backupModule, finishSwap } from "./cli/backup/index.ts";
import { builtIn } from "./modules/index.ts";
import { keepLogBounded, startGateway, startServer } from "./server/index.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const { values } = parseArgs({
  options: {
    home: { type: "string" },
    "migrate-only": { type: "boolean", default: false },
    "reset-password": { type: "boolean", default: false },
  },
});

/** Something is done to a home that no server uses. */
const offline = values["migrate-only"] || values["reset-password"];
const home = values.home ?? (process.env.FIELDWORK_HOME || join(homedir(), ".fieldwork"));
const host = process.env.FIELDWORK_HOST || "127.0.0.1";
const port = Number(process.env.FIELDWORK_PORT || 1987);
const gatewayPort = Number(process.env.FIELDWORK_GATEWAY_PORT || 2402);
/** Started by another one to try something out: it must not outlive that one, which holds its standard input open. */
const TETHERED = process.env.FIELDWORK_TETHERED === "1";
const runFile = (name: string): string => join(home, "run", name);

/** One line of JSON a message. */
const loggerFor = (module: string): Logger => {
  const write = (level: string) => (text: string, more?: Readonly<Record<string, unknown>>) => {
    process.stdout.write(
      `${JSON.stringify({ at: new Date().toISOString(), level, module, text, ...more })}\n`,
    );
  };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
};

function writeAtomically(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** The token of the command line: whoever can read the home is the owner. */
function localToken(): string {
  const path = runFile("token");
  if (existsSync(path)) {
    const token = readFileSync(path, "utf8").trim();
    if (/^[0-9a-f]{64}$/.test(token)) return token;
  }
  const token = randomBytes(32).toString("hex");
  writeAtomically(path, `${token}\n`);
  return token;
}

/** Brings an exchange of the home to its end that was decided on, or cut off, before; where that fails, the home is as it was. */
async function exchangeHome(): Promise<BackupService["exchanged"]> {
  try {
    return (await finishSwap(home)) ? { ok: true } : undefined;
  } catch (thrown) {
    const { code, message } = toErrorData(thrown);
    if (code !== "storage_failed") throw thrown;
    loggerFor("main").error(message);
    return { ok: false, problem: message };
  }
}

/** Reads a password from standard input and sets it; prints the reply as its last line. Whoever can do this can read the home. */
async function resetPassword(kernel: Kernel): Promise<boolean> {
  const password = readFileSync(0, "utf8").replace(/\r?\n$/, "");
  const local: Caller = { id: "owner", tier: "owner", login: { via: "local", id: "" } };
  const reply = await kernel.call(local, "account.reset", { password });
  process.stdout.write(`${JSON.stringify(reply)}\n`);
  return reply.ok;
}

async function start(): Promise<{ kernel: Kernel; close(): Promise<void> }> {
  const exchanged = await exchangeHome();
  const kernel = await createKernel({
    home,
    root: ROOT,
    modules: [
      ...builtIn,
      backupModule({ home, root: ROOT, exchanged, restart: () => end(restart), stop: () => end(exit) }),
    ],
    packs: join(ROOT, "packs"),
    logger: loggerFor,
    masterKey: process.env.FIELDWORK_KEY,
    migrate: values["migrate-only"],
    trial: offline || process.env.FIELDWORK_TRIAL === "1",
  });
  if (offline) return { kernel, close: kernel.close };
  const closers: (() => unknown)[] = [kernel.close];
  try {
    const stopLog = process.env.FIELDWORK_LOG ? keepLogBounded(process.env.FIELDWORK_LOG) : () => {};
    const panel = join(ROOT, "panel", "dist");
    const server = await startServer({
      kernel,
      home,
      host,
      port,
      token: localToken(),
      version: VERSION,
      panel,
    });
    closers.push(server.close);
    const gateway = await startGateway({ kernel, port: gatewayPort });
    closers.push(gateway.close);
    const state = {
      pid: process.pid,
      host,
      port: server.port,
      gateway_port: gateway.port,
      version: VERSION,
      instance: server.instance,
      started_at: new Date().toISOString(),
    };
    writeAtomically(runFile("server.json"), `${JSON.stringify(state)}\n`);
    return {
      kernel,
      async close() {
        rmSync(runFile("server.json"), { force: true });
        for (const close of closers.reverse()) await close();
        stopLog();
      },
    };
  } catch (error) {
    for (const close of closers.reverse()) await close();
    throw error;
  }
}

const CLOSE_MS = 4500;
let running: { readonly kernel: Kernel; close(): Promise<void> } | undefined;
let ending = false;

const exit = (code: number): void => process.exit(code);

/** This process begins anew: with the program as it is on the disk now, the same id, terminal and environment. */
function restart(): void {
  process.execve?.(
    process.execPath,
    [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    process.env,
  );
  // Windows cannot: there the same program starts again in this process.
  ending = false;
  void begin();
}

/** Closes all in order, then does what is next; what does not close in time is left to the end of the process. */
function end(next: (code: number) => void): void {
  if (ending) return;
  ending = true;
  const late = new Promise<number>((resolve) => setTimeout(resolve, CLOSE_MS, 1).unref());
  const closed = (running?.close() ?? Promise.resolve()).then(
    () => 0,
    (error: unknown) => {
      loggerFor("main").error(`stopping failed: ${error instanceof Error ? error.stack : error}`);
      return 1;
    },
  );
  running = undefined;
  void Promise.race([closed, late]).then(next);
}

async function begin(): Promise<void> {
  try {
    running = await start();
  } catch (thrown) {
    refuseToStart(thrown);
  }
}

function refuseToStart(thrown: unknown): never {
  const error = toErrorData(thrown);
  loggerFor("main").error(
    `cannot start: ${thrown instanceof Error && error.code === "internal" ? thrown.stack : error.message}`,
  );
  process.stderr.write(`error: ${error.message}\nremedy: ${error.remedy}\n`);
  if (TETHERED) process.exit(1);
  try {
    mkdirSync(join(home, "run"), { recursive: true, mode: 0o700 });
    writeAtomically(runFile("start-error.json"), `${JSON.stringify(error)}\n`);
  } catch {
    // The home cannot be written, which is what the error says.
  }
  process.exit(1);
}

process.title = "fieldwork";
if (TETHERED) process.stdin.on("close", () => process.exit(1)).resume();
await begin();
if (offline) {
  const done = values["reset-password"] && running ? await resetPassword(running.kernel) : true;
  end((code) => exit(done ? code : 1));
} else {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => end(exit));
  process.on("uncaughtException", (error) =>
    loggerFor("main").error(`uncaught: ${error.stack ?? error.message}`),
  );
  process.on("unhandledRejection", (reason) =>
    loggerFor("main").error(`unhandled: ${reason instanceof Error ? reason.stack : reason}`),
  );
}
