import type { IncomingMessage } from "node:http";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type Event, event, FieldworkError, jsonObject, type LiveEvent } from "#contract";
import { parseReply } from "./call.ts";
import { notRunning, readBody, send, Unreachable } from "./request.ts";
import { requireServer } from "./require.ts";

const LINE_MAX_CHARS = 4 * 1024 * 1024;
const RECONNECT_MS = 500;
const PATIENCE_MS = 10_000;

export interface Following {
  /** Events after this one. */
  readonly after: number;
  readonly trace?: string | undefined;
  readonly kind?: string | undefined;
  readonly agent?: string | undefined;
  /** How long the server may be away; default 10 s. */
  readonly patience_ms?: number;
  readonly signal?: AbortSignal;
}

const liveEvent = z.object({
  kind: z.string(),
  agent: z.string(),
  session: z.string(),
  trace: z.string(),
  data: jsonObject,
});

/** What comes of a server's events. */
export type Followed =
  | { readonly type: "event"; readonly event: Event }
  /** It is not kept: what is missed is missed. */
  | { readonly type: "live"; readonly event: LiveEvent }
  /** The stream broke; it is being taken up again where it stopped. */
  | { readonly type: "away" }
  | { readonly type: "back" };

/** The journal's events of a running server as they happen. @throws as {@link follow} */
export async function* followEvents(home: string, following: Following): AsyncGenerator<Event> {
  for await (const one of follow(home, following)) if (one.type === "event") yield one.event;
}

/**
 * What happens in a running server, from now on. A broken stream is taken up again where it stopped, also across a restart of
 * the server; ends when the signal is aborted.
 * @throws FieldworkError `unavailable` when the server stays away for too long.
 */
export async function* follow(home: string, following: Following): AsyncGenerator<Followed> {
  const { signal, patience_ms = PATIENCE_MS } = following;
  let { after } = following;
  let awaySince: number | undefined;
  while (!signal?.aborted) {
    try {
      const answer = await open(home, { ...following, after });
      if (awaySince !== undefined) yield { type: "back" };
      awaySince = undefined;
      for await (const one of readStream(answer)) {
        if (one.type === "event") after = one.event.seq;
        yield one;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (!(error instanceof Unreachable)) throw error;
    }
    if (signal?.aborted) return;
    if (awaySince === undefined) yield { type: "away" };
    awaySince ??= Date.now();
    if (Date.now() - awaySince > patience_ms) throw notRunning();
    await wait(RECONNECT_MS, undefined, signal ? { signal } : {}).catch(() => {});
  }
}

async function open(home: string, following: Following): Promise<IncomingMessage> {
  const server = await requireServer(home);
  const query = new URLSearchParams({ after: String(following.after) });
  for (const name of ["trace", "kind", "agent"] as const) {
    const value = following[name];
    if (value !== undefined) query.set(name, value);
  }
  const answer = await send(home, server, {
    method: "GET",
    path: `/api/events?${query}`,
    headers: { accept: "text/event-stream", "last-event-id": String(following.after) },
    ...(following.signal ? { signal: following.signal } : {}),
  });
  if (answer.statusCode !== 200) parseReply(await readBody(answer), answer.statusCode ?? 0, "journal.query");
  return answer;
}

/** Reads server-sent events (WHATWG HTML, section 9.2.6) whose data are events; anything else in the stream is skipped. */
async function* readStream(answer: IncomingMessage): AsyncGenerator<Followed> {
  let data: string[] = [];
  for await (const line of readLines(answer)) {
    if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
    if (line !== "" || data.length === 0) continue;
    const found = toFollowed(parseJson(data.join("\n")));
    data = [];
    if (found) yield found;
  }
}

function toFollowed(value: unknown): Followed | undefined {
  const kept = event.safeParse(value);
  if (kept.success) return { type: "event", event: kept.data };
  const live = liveEvent.safeParse(value);
  return live.success ? { type: "live", event: live.data } : undefined;
}

async function* readLines(answer: IncomingMessage): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  try {
    for await (const chunk of answer) {
      const lines = (rest + decoder.write(chunk as Buffer)).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      if (rest.length > LINE_MAX_CHARS)
        throw new FieldworkError("too_large", "An event is larger than 4 MiB.");
      yield* lines;
    }
  } catch (error) {
    if (error instanceof FieldworkError) throw error;
    throw new Unreachable("The event stream broke.", { remedy: "See `fw status`.", cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
