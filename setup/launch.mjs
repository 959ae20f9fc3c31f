import { spawn } from "node:child_process";
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { logFile, runFile } from "./paths.mjs";
import { Problem } from "./problem.mjs";
import { inFront } from "./program.mjs";
import { ask, parse } from "./request.mjs";
import { addressOf, readState } from "./running.mjs";
import { RUNTIME_ENVIRONMENT, RUNTIME_FLAGS } from "./runtime.mjs";

const READY_MS = 60_000;
const LOG_MAX_BYTES = 10 * 1024 * 1024;

/** Starts the server in the background and waits until it is ready; gives its state. */
export async function launch({ node, root, home }) {
  const log = openLog(home);
  forgetError(home);
  const child = spawn(node, [...RUNTIME_FLAGS, join(root, "main.ts")], {
    cwd: root,
    detached: true,
    windowsHide: true,
    stdio: ["ignore", log, log],
    env: { ...RUNTIME_ENVIRONMENT, ...process.env, FIELDWORK_HOME: home, FIELDWORK_LOG: logFile(home) },
  });
  closeSync(log);
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
    child.once("error", resolve);
  });
  const state = await untilReady(home, child.pid, ended);
  child.unref();
  return state;
}

/** Runs the server in this terminal until it ends; `ready` hears its state. Gives the exit code. */
export async function runInFront({ node, root, home, ready }) {
  prepareHome(home);
  forgetError(home);
  const env = { ...RUNTIME_ENVIRONMENT, ...process.env, FIELDWORK_HOME: home };
  let told = Promise.resolve();
  const code = await inFront(node, [...RUNTIME_FLAGS, join(root, "main.ts")], {
    cwd: root,
    env,
    begun(child) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      told = untilReady(home, child.pid, ended).then(ready, () => {});
    },
  });
  await told;
  if (code !== 0) throwStartError(home);
  return code;
}

/** Waits until the process is ready, or has failed. */
async function untilReady(home, pid, ended) {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  let problems = [];
  for (const until = Date.now() + READY_MS; Date.now() < until; await sleep(20)) {
    const state = readState(home);
    if (state?.pid === pid) {
      const answer = await ask(`${addressOf(state)}/readyz`);
      if (answer?.status === 200) return state;
      problems = answer?.body?.problems ?? problems;
    }
    if (!over) continue;
    throwStartError(home);
    throw new Problem(
      `the server ended while it started; the end of its log:\n${tail(logFile(home))}`,
      "Run ./start.sh --foreground to see all of it, and ./fw doctor for what is wrong.",
    );
  }
  throw new Problem(
    `the server is not ready after ${READY_MS / 1000} s${problems.length ? `: ${problems.join("; ")}` : ""}`,
    `See ${logFile(home)} and ./fw doctor; ./stop.sh ends it.`,
  );
}

function throwStartError(home) {
  try {
    const { message, remedy } = parse(readFileSync(runFile(home, "start-error.json"), "utf8")) ?? {};
    if (message) throw new Problem(message, remedy);
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
  }
}

function forgetError(home) {
  rmSync(runFile(home, "start-error.json"), { force: true });
}

/** Makes the folders that are needed before the server itself can look after its home. */
export function prepareHome(home) {
  try {
    for (const folder of [home, join(home, "run"), dirname(logFile(home))])
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(home, constants.W_OK);
  } catch (thrown) {
    throw new Problem(
      `the home ${home} cannot be written: ${thrown.message}`,
      "Set FIELDWORK_HOME to a folder of yours on a local disk, or mend the rights of this one.",
    );
  }
}

/** The log, opened for appending; what has grown too large is put aside first. */
function openLog(home) {
  const path = logFile(home);
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_MAX_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, "a", 0o600);
}

function tail(path) {
  try {
    return readFileSync(path, "utf8").slice(-8192).trimEnd().split("\n").slice(-20).join("\n");
  } catch {
    return "(no log)";
  }
}
