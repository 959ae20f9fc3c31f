import { notRunning, Unreachable } from "./request.ts";
import { findServer, type RunningServer } from "./running.ts";

/** @throws FieldworkError `unavailable` when no server runs on the home, or one that does not answer. */
export async function requireServer(home: string): Promise<RunningServer> {
  const server = await findServer(home);
  if (!server) throw notRunning();
  if (server.answers) return server;
  throw new Unreachable(`The server (process ${server.pid}) does not answer.`, {
    remedy:
      "It may be starting: try again in a moment. If it stays so, see logs/server.log in the home, then `fw restart`.",
  });
}
