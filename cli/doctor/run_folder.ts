import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isAlive, readRunFile } from "../server/index.ts";
import { type Check, type Finding, ok, warn } from "./check.ts";

const startError = z.object({ message: z.string(), remedy: z.string() });

export const runFolder: Check = {
  name: "process",
  run({ home, server }) {
    if (server) return [ok(`process ${server.pid}`)];
    return [leftBehind(home), ...lastStart(home)];
  },
};

function leftBehind(home: string): Finding {
  const file = readRunFile(home);
  if (file === "unreadable")
    return warn("run/server.json is not readable", "Start the server; it writes the file anew.");
  if (file && !isAlive(file.pid))
    return warn(
      `process ${file.pid} is gone without a goodbye`,
      "Nothing is lost: start the server again; logs/server.log tells why it ended.",
    );
  return ok("not running");
}

function lastStart(home: string): Finding[] {
  try {
    const read = startError.parse(JSON.parse(readFileSync(join(home, "run", "start-error.json"), "utf8")));
    return [warn(`the last start failed: ${read.message}`, read.remedy)];
  } catch {
    return [];
  }
}
