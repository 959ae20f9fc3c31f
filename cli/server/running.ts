import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ask, readBody } from "./request.ts";

const IDENTITY_MS = 3000;

/** `run/server.json`, written by the server when it is ready to be found. */
const runFile = z.looseObject({
  pid: z.int().min(1),
  host: z.string(),
  port: z.int().min(1).max(65_535),
  version: z.string().optional(),
  started_at: z.string().optional(),
  instance: z.string().optional(),
});

/** What `/healthz` answers: which process it is. */
const identity = z.object({ pid: z.int(), instance: z.string().optional() });

export interface RunFile {
  readonly pid: number;
  readonly instance: string | undefined;
  /** The address to connect to; the loopback address where the server listens on all. */
  readonly host: string;
  readonly port: number;
  readonly version: string | undefined;
  readonly startedAt: string | undefined;
  /** `http://127.0.0.1:1987` */
  readonly url: string;
}
export interface RunningServer extends RunFile {
  /** False: the process is there and says nothing; it is starting, stopping or stuck. */
  readonly answers: boolean;
}

const runFilePath = (home: string): string => join(home, "run", "server.json");

/** What `run/server.json` says: `undefined` without a file, `"unreadable"` when it is not what a server writes. */
export function readRunFile(home: string): RunFile | "unreadable" | undefined {
  let text: string;
  try {
    text = readFileSync(runFilePath(home), "utf8");
  } catch {
    return undefined;
  }
  const parsed = runFile.safeParse(parseJson(text));
  if (!parsed.success) return "unreadable";
  const { pid, port, version, started_at, instance } = parsed.data;
  const host = connectable(parsed.data.host);
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return { pid, instance, host, port, version, startedAt: started_at, url };
}

/**
 * The server that runs on a home. What an earlier one left behind does not count, nor does another program that has its
 * process id or its port now: the token is never sent to it.
 */
export async function findServer(home: string): Promise<RunningServer | undefined> {
  const file = readRunFile(home);
  if (file === undefined || file === "unreadable" || !isAlive(file.pid)) return undefined;
  const found = await identify(file);
  return found === "another" ? undefined : { ...file, answers: found === "itself" };
}

async function identify(file: RunFile): Promise<"itself" | "another" | "silent"> {
  try {
    const answer = await ask(file, {
      method: "GET",
      path: "/healthz",
      signal: AbortSignal.timeout(IDENTITY_MS),
    });
    const said = identity.safeParse(parseJson(await readBody(answer)));
    if (!said.success || said.data.pid !== file.pid) return "another";
    return file.instance === undefined || said.data.instance === file.instance ? "itself" : "another";
  } catch (error) {
    return isRefused(error) ? "another" : "silent";
  }
}

/** Nobody listens: the process that has the id now is another one, or the server is ending. */
const isRefused = (error: unknown): boolean =>
  ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === "ECONNREFUSED";

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function connectable(host: string): string {
  if (host === "0.0.0.0" || host === "") return "127.0.0.1";
  return host === "::" ? "::1" : host;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
