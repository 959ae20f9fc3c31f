import { mkdtemp, rm } from "node:fs/promises";
import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Caller, type Event, FIRST_PREV, type LiveEvent, type Reply, succeed } from "#contract";
import { type EventFilter, type KernelPort, type ServerOptions, startServer } from "../index.ts";

export const TOKEN = "a-token-that-is-long-enough-for-tests";

export interface Call {
  readonly caller: Caller;
  readonly cap: string;
  readonly args: unknown;
  readonly signal: AbortSignal | undefined;
}

/** A kernel that answers what the test says, with a journal in memory. */
export function scriptedKernel(reply: (call: Call) => Reply | Promise<Reply> = () => succeed({})) {
  const calls: Call[] = [];
  const events: Event[] = [];
  const listeners = new Set<() => void>();
  const liveListeners = new Set<(event: LiveEvent) => void>();
  const state = { ready: true, problems: [] as string[] };
  const written = { upTo: Number.POSITIVE_INFINITY };
  const matches = (event: Event, { kind, trace }: EventFilter) =>
    (trace === undefined || event.trace === trace) &&
    (kind === undefined ||
      event.kind === kind ||
      (kind.endsWith(".*") && event.kind.startsWith(kind.slice(0, -1))));
  const port: KernelPort = {
    async call(caller, cap, args, options) {
      const call = { caller, cap, args, signal: options?.signal };
      calls.push(call);
      return reply(call);
    },
    permits: () => succeed({}),
    events: {
      read: (after, limit, filter) =>
        events
          .slice(after)
          .filter((one) => one.seq <= written.upTo)
          .filter((one) => matches(one, filter))
          .slice(0, limit),
      lastSeq: () => events.length,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      live(listener) {
        liveListeners.add(listener);
        return () => liveListeners.delete(listener);
      },
    },
    ready: () => state,
    metrics: () => "# TYPE fieldwork_calls counter\nfieldwork_calls 1\n",
  };
  const append = (given: Partial<Event> = {}) => {
    const seq = events.length + 1;
    const base = { at: seq, trace: "t", span: "s", parent: null, actor: "notes", kind: "turn.started" };
    events.push({ ...base, subject: null, data: {}, prev: FIRST_PREV, hash: "", ...given, seq });
    for (const listener of listeners) listener();
  };
  /** From here on, events are given out but not readable, as on a full disk; without a number, all are again. */
  const hold = (upTo = Number.POSITIVE_INFINITY) => {
    written.upTo = upTo;
    for (const listener of listeners) listener();
  };
  /** Something that happens now and is not kept. */
  const live = (given: Partial<LiveEvent> = {}) => {
    const base = { kind: "llm.delta", agent: "notes", session: "s", trace: "t" };
    for (const listener of liveListeners) listener({ ...base, data: { type: "text", text: "a" }, ...given });
  };
  return { port, calls, append, live, hold, state, listeners, liveListeners };
}

/** A real server on a free port over a scripted kernel, closed when the test ends. */
export async function serve(
  reply?: (call: Call) => Reply | Promise<Reply>,
  options: Partial<ServerOptions> = {},
) {
  const kernel = scriptedKernel(reply);
  const home = await mkdtemp(join(tmpdir(), "fieldwork-server-"));
  const given = { kernel: kernel.port, home, host: "127.0.0.1", port: 0, token: TOKEN, version: "0.1.0" };
  const server = await startServer({ ...given, ...options });
  onTestFinished(async () => {
    await server.close();
    await rm(home, { recursive: true, force: true });
  });
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } });
  const post = (path: string, body: unknown) =>
    ask(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return { ...kernel, server, home, ask, post };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request with exactly these headers, which `fetch` would not allow. */
export function raw(
  url: string,
  headers: Readonly<Record<string, string>>,
  method = "GET",
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
    });
    sent.once("error", reject);
    sent.end();
  });
}

/** Sends exactly these bytes and gives all that comes back until the server closes. */
export function bytes(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("latin1").on("data", (chunk) => {
      answer += chunk;
    });
    socket.once("close", () => resolve(answer)).once("error", reject);
  });
}
