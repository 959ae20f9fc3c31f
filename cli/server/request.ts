import { readFileSync } from "node:fs";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { FieldworkError } from "#contract";

const ANSWER_MAX_BYTES = 256 * 1024 * 1024;

/** The server itself could not be asked, or broke off: whether it did what it was asked is not known. */
export class Unreachable extends FieldworkError {
  constructor(message: string, more: { readonly remedy: string; readonly cause?: unknown }) {
    super("unavailable", message, more);
  }
}

export const notRunning = (cause?: unknown): Unreachable =>
  new Unreachable("The server is not running.", {
    remedy: "Start it with ./start.sh or `fw start`.",
    cause,
  });

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Exchange {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** {@link ask} with the local token of the home. */
export const send = (home: string, server: Address, exchange: Exchange): Promise<IncomingMessage> =>
  ask(server, { ...exchange, headers: { authorization: `Bearer ${readToken(home)}`, ...exchange.headers } });

/**
 * Sends a request and resolves when the headers of the answer are there. There is no time limit: a
 * call may wait for a person.
 * @throws FieldworkError `unavailable` when nobody listens or the connection breaks.
 */
export function ask(server: Address, exchange: Exchange): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent: ClientRequest = request(
    {
      host: server.host,
      port: server.port,
      method: exchange.method,
      path: exchange.path,
      headers: {
        ...(exchange.body === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(exchange.body) }),
        ...exchange.headers,
      },
      ...(exchange.signal ? { signal: exchange.signal } : {}),
    },
    resolve,
  );
  sent.on("error", (error: NodeJS.ErrnoException) => reject(connectionError(error)));
  sent.end(exchange.body);
  return promise;
}

/** The whole body of an answer as text. */
export async function readBody(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer) {
      size += (chunk as Buffer).length;
      if (size > ANSWER_MAX_BYTES)
        throw new FieldworkError("too_large", "The answer is larger than 256 MiB.");
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw error instanceof FieldworkError ? error : connectionError(error as NodeJS.ErrnoException);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function readToken(home: string): string {
  try {
    return readFileSync(join(home, "run", "token"), "utf8").trim();
  } catch (error) {
    throw new FieldworkError("unauthenticated", "The local token in run/token cannot be read.", {
      remedy: "Run this as the user who started the server; if the file is gone, restart the server.",
      cause: error,
    });
  }
}

function connectionError(error: NodeJS.ErrnoException): Unreachable {
  if (error.code === "ECONNREFUSED") return notRunning(error);
  return new Unreachable(`The connection to the server broke: ${error.message}`, {
    remedy: "See `fw status` and `fw doctor`; what was under way is in `fw journal`.",
    cause: error,
  });
}
