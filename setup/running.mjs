import { readFileSync, rmSync } from "node:fs";
import { isAlive, isServer } from "./alive.mjs";
import { runFile } from "./paths.mjs";
import { ask, parse } from "./request.mjs";

/** What the server wrote of itself into the home, or `undefined`. */
export function readState(home) {
  const state = parse(readText(runFile(home, "server.json")));
  return Number.isInteger(state?.pid) && Number.isInteger(state?.port) ? state : undefined;
}

export const readToken = (home) => readText(runFile(home, "token")).trim();

/** The address for people and for requests from this machine. */
export function addressOf({ host = "127.0.0.1", port }) {
  const name = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/** Does the one that answers at this address claim to be the process of this state? */
export async function answers(state) {
  const health = await ask(`${addressOf(state)}/healthz`);
  if (health?.status !== 200 || health.body?.pid !== state.pid) return false;
  return state.instance === undefined || state.instance === health.body.instance;
}

/**
 * `running`: the server of this home answers. `silent`: its process is there and does not answer, as it is starting or
 * stuck. `none`: there is none; what an earlier one left behind is ignored.
 */
export async function findServer(home) {
  const state = readState(home);
  if (!state) return { status: "none" };
  if (await answers(state)) return { status: "running", state };
  if (isAlive(state.pid) && (await isServer(state.pid, home))) return { status: "silent", state };
  return { status: "none" };
}

/** Removes the state of a process that is gone. */
export function forgetState(home, pid) {
  if (readState(home)?.pid === pid) rmSync(runFile(home, "server.json"), { force: true });
}

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
