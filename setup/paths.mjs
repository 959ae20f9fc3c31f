import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The home: FIELDWORK_HOME, or `.fieldwork` in the user's own folder. */
export function homeFolder(environment = process.env) {
  return environment.FIELDWORK_HOME ? resolve(environment.FIELDWORK_HOME) : join(homedir(), ".fieldwork");
}

export const runFile = (home, name) => join(home, "run", name);
export const logFile = (home) => join(home, "logs", "server.log");
