import * as http from "node:http";
import * as https from "node:https";
import { FieldworkError } from "#contract";
import { unreachable } from "./unreachable.ts";

const POOL = {
  keepAlive: true,
  keepAliveMsecs: 1000,
  maxFreeSockets: 64,
  /** Shorter than what servers keep, so that a request is seldom sent into a connection that is being closed. */
  timeout: 4000,
  scheduling: "lifo",
} as const;
const CONNECT_MS = 10_000;
const HEADERS_MAX_BYTES = 65_536;

export interface Sent {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** @throws FieldworkError `timeout` when nothing comes for too long, `model_unreachable` when it breaks off. */
  body(): AsyncIterable<Buffer>;
  /** Ends the exchange; the provider sees the connection close. */
  drop(): void;
}
export interface Sending {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Until the headers of the answer are there, and between any two pieces of its body. */
  readonly first_ms: number;
  readonly between_ms: number;
}
/** HTTP to providers: connections are kept, redirects are not followed, every wait is bounded. */
export interface Transport {
  /** @throws FieldworkError `model_unreachable`, `timeout`; what the signal was aborted with. */
  send(sending: Sending): Promise<Sent>;
  close(): void;
}

export function createTransport(): Transport {
  const agents = { "http:": new http.Agent(POOL), "https:": new https.Agent(POOL) };

  const once = (sending: Sending): Promise<Sent> =>
    new Promise((resolve, reject) => {
      const { url, method, headers, body, signal, first_ms, between_ms } = sending;
      const secure = url.protocol === "https:";
      const request = (secure ? https : http).request(url, {
        method,
        agent: agents[secure ? "https:" : "http:"],
        maxHeaderSize: HEADERS_MAX_BYTES,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }),
        },
      });
      let late = setTimeout(() => request.destroy(slow(url, "did not answer", first_ms)), first_ms);
      const connecting = setTimeout(() => request.destroy(connectTimeout()), CONNECT_MS);
      const abort = () => request.destroy(signal.reason as Error);
      const settle = () => {
        clearTimeout(late);
        clearTimeout(connecting);
        signal.removeEventListener("abort", abort);
      };
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort, { once: true });
      request.once("socket", (socket) => {
        const ready = () => clearTimeout(connecting);
        if (socket.connecting) socket.once(secure ? "secureConnect" : "connect", ready);
        else ready();
      });
      request.once("close", settle);
      request.once("error", (error) => {
        settle();
        reject(Object.assign(explain(error, url, signal), { reused: request.reusedSocket }));
      });
      request.once("response", (response) => {
        const watch = () => {
          clearTimeout(late);
          late = setTimeout(() => response.destroy(slow(url, "said nothing more", between_ms)), between_ms);
        };
        watch();
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          async *body() {
            try {
              for await (const chunk of response) {
                watch();
                yield chunk as Buffer;
              }
              if (!response.complete) throw new Error("aborted");
            } catch (error) {
              throw explain(error as Error, url, signal);
            } finally {
              clearTimeout(late);
            }
          },
          drop: () => request.destroy(),
        });
      });
      request.end(body);
    });

  return {
    async send(sending) {
      try {
        return await once(sending);
      } catch (error) {
        // A kept connection that the server had just closed never carried the request.
        const stale = (error as { reused?: boolean }).reused === true && isReset(error);
        if (!stale || sending.signal.aborted) throw error;
        return once(sending);
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

const isReset = (error: unknown): boolean =>
  error instanceof FieldworkError &&
  ["ECONNRESET", "EPIPE"].includes((error.cause as { code?: string })?.code ?? "");

function explain(error: Error, url: URL, signal: AbortSignal): Error {
  if (signal.aborted) return signal.reason as Error;
  return error instanceof FieldworkError ? error : unreachable(error, url);
}

const slow = (url: URL, what: string, ms: number) =>
  new FieldworkError("timeout", `${url.host} ${what} for ${Math.round(ms / 1000)} s.`, {
    remedy:
      "Look whether the model's server is stuck; raise `gateway.first_ms` or `gateway.between_ms` for a slow one.",
    details: { again: false },
  });
const connectTimeout = () => Object.assign(new Error("the connection took too long"), { code: "ETIMEDOUT" });
