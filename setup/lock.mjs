import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./alive.mjs";
import { Problem, say } from "./problem.mjs";

const WAIT_MS = 15 * 60_000;
/** Time enough for an owner to write its process id. */
const WRITE_MS = 5_000;

/** Runs `body` while no other process does so for the same folder `path`. The lock of a process that died is taken over. */
export async function locked(path, body) {
  mkdirSync(dirname(path), { recursive: true });
  const owner = join(path, "pid");
  const until = Date.now() + WAIT_MS;
  let told = false;
  for (;;) {
    try {
      mkdirSync(path);
      break;
    } catch (thrown) {
      if (thrown.code !== "EEXIST") throw thrown;
    }
    const pid = ownerOf(owner);
    if (pid === undefined ? age(path) > WRITE_MS : !isAlive(pid))
      rmSync(path, { recursive: true, force: true });
    else if (Date.now() > until)
      throw new Problem(`another set-up (process ${pid}) has not ended`, `End it, or remove ${path}.`);
    else {
      if (!told) say("Another start is under way; waiting for it …");
      told = true;
      await sleep(200);
    }
  }
  try {
    writeFileSync(owner, String(process.pid));
    return await body();
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

function age(path) {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

function ownerOf(path) {
  try {
    return Number(readFileSync(path, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}
