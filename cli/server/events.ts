import type { IncomingMessage } from "node:http";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as wait } from "node:timers/promises";
import { type Event, event, FieldworkError } from "#contract";
import { parseReply } from "./call.ts";
import { notRunning, readBody, send } from "./request.ts";
import { requireServer } from "./require.ts";

const LINE_MAX_CHARS = 4 * 1024 * 1024;
const RECONNECT_TRIES = 20;
const RECONNECT_MS = 500;

export interface Following {
  /** Events after this one. */
  readonly after: number;
  readonly trace?: string | undefined;
  readonly kind?: string | undefined;
}

/**
 * The events of a running server as they happen. A broken stream is taken up again where it stopped, also across a restart
 * of the server.
 * @throws FieldworkError `unavailable` when the server stays away for ten seconds.
 */
export async function* followEvents(home: string, following: Following): AsyncGenerator<Event> {
  let after = following.after;
  for (let tries = 0; tries < RECONNECT_TRIES; tries++) {
    if (tries > 0) await wait(RECONNECT_MS);
    try {
      for await (const one of readStream(await open(home, { ...following, after }))) {
        after = one.seq;
        tries = 0;
        yield one;
      }
    } catch (error) {
      if (!(error instanceof FieldworkError) || error.code !== "unavailable") throw error;
    }
  }
  throw notRunning();
}

async function open(home: string, following: Following): Promise<IncomingMessage> {
  const server = await requireServer(home);
  const query = new URLSearchParams({ after: String(following.after) });
  if (following.trace !== undefined) query.set("trace", following.trace);
  if (following.kind !== undefined) query.set("kind", following.kind);
  const answer = await send(home, server, {
    method: "GET",
    path: `/api/events?${query}`,
    headers: { accept: "text/event-stream", "last-event-id": String(following.after) },
  });
  if (answer.statusCode !== 200) parseReply(await readBody(answer), answer.statusCode ?? 0, "journal.query");
  return answer;
}

/** Reads server-sent events (WHATWG HTML, section 9.2.6) whose data are journal events; anything else in the stream is skipped. */
async function* readStream(answer: IncomingMessage): AsyncGenerator<Event> {
  let data: string[] = [];
  for await (const line of readLines(answer)) {
    if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
    if (line !== "" || data.length === 0) continue;
    const parsed = event.safeParse(parseJson(data.join("\n")));
    data = [];
    if (parsed.success) yield parsed.data;
  }
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
    throw new FieldworkError("unavailable", "The event stream broke.", { cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
