import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./alive.mjs";
import { homeFolder } from "./paths.mjs";
import { Problem, say } from "./problem.mjs";
import { ask } from "./request.mjs";
import { addressOf, findServer, forgetState, readState, readToken } from "./running.mjs";

const PATIENCE_MS = 4_500;

/** Stops the server of the home, in order if it can, by force if it must. */
export async function stop() {
  const until = Date.now() + PATIENCE_MS;
  const home = homeFolder();
  const { status, state } = await findServer(home);
  if (status === "none") {
    const left = readState(home);
    if (left && !isAlive(left.pid)) forgetState(home, left.pid);
    say("Fieldwork is not running.");
    return 0;
  }
  if (status === "silent" || !(await askToStop(home, state))) end(state.pid, "SIGTERM");
  if (await gone(state.pid, until)) say("Fieldwork has stopped.");
  else {
    end(state.pid, "SIGKILL");
    if (!(await gone(state.pid, Date.now() + 2000)))
      throw new Problem(`process ${state.pid} cannot be ended`, "Look at it with the system's own tools.");
    say(`Fieldwork did not stop within ${PATIENCE_MS / 1000} s and was ended by force.`);
  }
  forgetState(home, state.pid);
  return 0;
}

/** Over HTTP, as this is the same on every system; signals are for a server that does not listen any more. */
async function askToStop(home, state) {
  const answer = await ask(`${addressOf(state)}/api/stop`, {
    method: "POST",
    token: readToken(home),
    timeout_ms: 1000,
  });
  return answer?.status === 200;
}

function end(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    if (thrown.code !== "ESRCH")
      throw new Problem(
        `process ${pid} cannot be ended: ${thrown.message}`,
        "Stop it as the user who started it.",
      );
  }
}

async function gone(pid, until) {
  while (isAlive(pid)) {
    if (Date.now() > until) return false;
    await sleep(20);
  }
  return true;
}
