import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  ERRORS,
  type ErrorCode,
  type Event,
  FieldworkError,
  fail,
  isErrorCode,
  type LiveEvent,
  type Reply,
  succeed,
} from "#contract";

const TOKEN = "local-token-of-the-test";

type Script = Readonly<Record<string, (args: never) => unknown>>;

export interface ScriptedServer {
  readonly calls: readonly { readonly cap: string; readonly args: unknown }[];
  readonly url: string;
  /** Queries of `/api/events` so far, each with what is written to its stream. */
  readonly streams: readonly Stream[];
  /** Appends to the journal that the streams show, from where each asked for. */
  append(kind: string, more?: Partial<Event>): void;
  /** Something that is not kept, to the streams that are open now. */
  live(event: LiveEvent): void;
  close(): Promise<void>;
}

interface Stream {
  readonly query: URLSearchParams;
  send(event: Event): void;
  live(event: LiveEvent): void;
  drop(): void;
}

/** A real HTTP server that speaks the server's protocol; what a capability gives is scripted. */
export async function serve(
  home: string,
  script: Script,
  { silent = false, port: wanted = 0, journal = [] as Event[] } = {},
): Promise<ScriptedServer> {
  const calls: { cap: string; args: unknown }[] = [];
  const streams: Stream[] = [];
  const server = createServer(async (request, response) => {
    if (silent) return;
    const url = new URL(request.url ?? "/", "http://localhost");
    if (url.pathname === "/healthz")
      return answer(response, 200, { ok: true, pid: process.pid, instance: "i1" });
    if (url.pathname === "/readyz") return answer(response, 200, { ready: true });
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return reply(response, fail(new FieldworkError("unauthenticated", "no")));
    if (url.pathname === "/api/events") {
      const stream = openStream(response, url.searchParams);
      for (const one of journal) if (one.seq > Number(url.searchParams.get("after"))) stream.send(one);
      return streams.push(stream);
    }
    if (url.pathname !== "/api/call" || request.method !== "POST")
      return answer(response, 404, fail(new FieldworkError("not_found", "no route")));
    const call = JSON.parse(await bodyOf(request)) as { cap: string; args: never };
    calls.push(call);
    reply(response, await perform(script, call));
  });
  server.listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  onTestFinished(close);
  mkdirSync(join(home, "run"), { recursive: true });
  writeFileSync(join(home, "run", "token"), TOKEN, { mode: 0o600 });
  const run = {
    pid: process.pid,
    host: "127.0.0.1",
    port,
    gateway_port: 1,
    version: "0.1.0",
    started_at: new Date().toISOString(),
  };
  writeFileSync(join(home, "run", "server.json"), JSON.stringify(run));
  return {
    calls,
    streams,
    url: `http://127.0.0.1:${port}`,
    append(kind, more = {}) {
      const seq = journal.length + 1;
      const base = { at: 0, trace: "t1", span: "s", parent: null, actor: "kernel", subject: null, data: {} };
      const one: Event = { prev: "", hash: "", ...base, ...more, kind, seq };
      journal.push(one);
      for (const stream of streams) stream.send(one);
    },
    live(one) {
      for (const stream of streams) stream.live(one);
    },
    close,
  };
}

async function perform(script: Script, { cap, args }: { cap: string; args: never }): Promise<Reply> {
  const act = script[cap];
  if (!act) return fail(new FieldworkError("unknown_capability", `There is no capability ${cap}.`));
  try {
    return succeed(await act(args));
  } catch (error) {
    return fail(error);
  }
}

function openStream(response: ServerResponse, query: URLSearchParams): Stream {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write("retry: 2000\n\n: connected\n\n");
  return {
    query,
    send: (event: Event) =>
      void response.write(`id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`),
    live: (event) => void response.write(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`),
    drop: () => void response.destroy(),
  };
}

const reply = (response: ServerResponse, body: Reply): void =>
  answer(response, body.ok ? 200 : statusOf(body.error.code), body);
const statusOf = (code: ErrorCode): number => (isErrorCode(code) ? ERRORS[code].status : 500);

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

/** A valid result of `agent.show`. */
export const agentInfo = (more: object = {}) => ({
  id: "notes",
  kind: "agent",
  display_name: "Notes",
  description: "Keeps notes.",
  version: "1.0.0",
  entry: "agent.ts",
  state: "ready",
  problems: [],
  built_in: false,
  folder: "/home/agents/notes.fwagent",
  asks: [],
  functions: [{ name: "count", description: "Counts notes." }],
  daemon: null,
  usage: { calls: 3, failures: 1, cpu_ms: 12, fuel: 1, memory_peak_bytes: 1_048_576, capability_calls: 4 },
  ...more,
});

/** A valid result of `system.health`. */
export const health = (more: object = {}) => ({
  state: "ready",
  version: "0.1.0",
  started_at: "2026-11-20T08:00:00.000Z",
  problems: [],
  sandbox: { processes: [] },
  journal: { last_seq: 7, unwritten: 0 },
  inbox: { waiting: 0, running: 0 },
  modules: { ready: 1, broken: 0, waiting_for_approval: 0 },
  approvals_waiting: 0,
  memory: { rss_bytes: 50_000_000, heap_bytes: 20_000_000 },
  event_loop_delay_ms: { p50: 1, p99: 2, max: 3 },
  ...more,
});
