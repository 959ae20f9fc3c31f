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
import { Worker } from "node:worker_threads";
import { type Caller, fromErrorData, type Logger, toErrorData, VERSION } from "#contract";
import { createKernel, type Kernel } from "#kernel";
import { finishSwap } from "./cli/backup/index.ts";
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

/** Copies the home on a thread of its own, so that the server goes on answering. */
function takeBackup(
  to: string | undefined,
  signal: AbortSignal,
): Promise<{ path: string; bytes: number; files: number }> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./cli/backup/create.worker.ts", import.meta.url), {
      workerData: { home, to },
    });
    const stop = () => void worker.terminate().then(() => reject(signal.reason));
    signal.addEventListener("abort", stop, { once: true });
    worker.once("message", (reply) =>
      reply.ok ? resolve(reply.result) : reject(fromErrorData(reply.error)),
    );
    worker.once("error", reject);
    worker.once("exit", () => signal.removeEventListener("abort", stop));
  });
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
  await finishSwap(home);
  const kernel = await createKernel({
    home,
    root: ROOT,
    modules: builtIn,
    packs: join(ROOT, "packs"),
    logger: loggerFor,
    masterKey: process.env.FIELDWORK_KEY,
    takeBackup,
    stop: () => void process.emit("SIGTERM", "SIGTERM"),
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

process.title = "fieldwork";
try {
  const running = await start();
  if (offline) {
    const done = values["reset-password"] ? await resetPassword(running.kernel) : true;
    await running.close();
    process.exit(done ? 0 : 1);
  }
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), 4500).unref();
    void running.close().then(
      () => process.exit(0),
      (error) => {
        loggerFor("main").error(`stopping failed: ${error instanceof Error ? error.stack : error}`);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
  process.on("uncaughtException", (error) =>
    loggerFor("main").error(`uncaught: ${error.stack ?? error.message}`),
  );
  process.on("unhandledRejection", (reason) =>
    loggerFor("main").error(`unhandled: ${reason instanceof Error ? reason.stack : reason}`),
  );
} catch (thrown) {
  const error = toErrorData(thrown);
  loggerFor("main").error(
    `cannot start: ${thrown instanceof Error && error.code === "internal" ? thrown.stack : error.message}`,
  );
  process.stderr.write(`error: ${error.message}\nremedy: ${error.remedy}\n`);
  try {
    mkdirSync(join(home, "run"), { recursive: true, mode: 0o700 });
    writeAtomically(runFile("start-error.json"), `${JSON.stringify(error)}\n`);
  } catch {
    // The home cannot be written, which is what the error says.
  }
  process.exit(1);
}
