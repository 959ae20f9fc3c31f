import type { IncomingMessage } from "node:http";
import { type CallContext, FieldworkError, networkFailure, VERSION } from "#contract";
import { admissionOf } from "./admission.ts";
import { bodyText, readBody } from "./body.ts";
import type { Connections } from "./connection.ts";
import { exchange } from "./exchange.ts";
import { type Deadline, failureOf, isIdempotent } from "./failure.ts";
import { answerHeaders, type Headers, readHeaders, without } from "./headers.ts";
import { type Hop, nextHop } from "./redirect.ts";
import { type Filled, fillHeaders, holdsHandle, scrub, scrubList } from "./secrets.ts";
import { readUrl } from "./url.ts";

/** The arguments of `http.fetch`, parsed. */
export interface FetchArguments {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly body_encoding: "utf8" | "base64";
  readonly response_encoding: "utf8" | "base64";
  readonly timeout_ms: number;
  readonly max_bytes: number;
}
export interface FetchResult {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly truncated: boolean;
}
type FetchContext = Pick<CallContext, "allows" | "scopes" | "fill" | "signal">;

const REDIRECTS_MOST = 10;
const DEFAULT_HEADERS: readonly (readonly [string, string])[] = [
  ["accept", "*/*"],
  ["accept-encoding", "gzip, deflate, br, zstd"],
  ["user-agent", `fieldwork/${VERSION}`],
];

/** Fetches over the given connections; each hop is checked against the grants and the address it connects to. */
export async function fetchUrl(
  args: FetchArguments,
  context: FetchContext,
  connections: Connections,
): Promise<FetchResult> {
  const expired = AbortSignal.timeout(args.timeout_ms);
  const deadline: Deadline = { cancelled: context.signal, expired, timeout_ms: args.timeout_ms };
  const signal = AbortSignal.any([context.signal, expired]);
  const secrets = new Map<string, string>();
  let hop: Hop = {
    url: readUrl(args.url),
    method: args.method,
    headers: new Map([...DEFAULT_HEADERS, ...readHeaders(args.headers)]),
    body: readBodyArgument(args),
  };
  for (let redirects = 0; ; redirects++) {
    const filled = fillForHop(hop, redirects, context);
    for (const [secret, handle] of filled.secrets) secrets.set(secret, handle);
    const admission = admissionOf(hop.url, context.scopes());
    const answer = await send({ ...hop, headers: filled.headers, admission, signal }, connections, deadline);
    const next = follow(hop, answer, redirects, context);
    if (!next) return await receive(answer, hop, args, secrets, deadline);
    // The body of a redirect is of no interest; what is short is read so that the connection can be used again.
    if (Number(answer.headers["content-length"] ?? Number.NaN) <= 65_536) answer.resume();
    else answer.destroy();
    hop = next;
  }
}

function follow(
  hop: Hop,
  answer: IncomingMessage,
  redirects: number,
  context: FetchContext,
): Hop | undefined {
  try {
    const next = nextHop(hop, answer.statusCode ?? 0, answer.headers.location, context);
    if (next && redirects === REDIRECTS_MOST)
      throw new FieldworkError("unavailable", `${hop.url.host} redirects more than ${REDIRECTS_MOST} times.`);
    return next;
  } catch (error) {
    answer.destroy();
    throw error;
  }
}

/** Secrets are filled for the hop's own host. After a redirect a header whose secret that host may not have is left out. */
function fillForHop(hop: Hop, redirects: number, context: FetchContext): Filled {
  const host = hop.url.hostname;
  if (redirects === 0) return fillHeaders(hop.headers, host, context);
  const refused = [...hop.headers].filter(([name, value]) => {
    if (!holdsHandle(value)) return false;
    try {
      fillHeaders(new Map([[name, value]]), host, context);
      return false;
    } catch {
      return true;
    }
  });
  return fillHeaders(
    without(
      hop.headers,
      refused.map(([name]) => name),
    ),
    host,
    context,
  );
}

async function send(
  outgoing: Hop & {
    readonly headers: Headers;
    readonly admission: ReturnType<typeof admissionOf>;
    readonly signal: AbortSignal;
  },
  connections: Connections,
  deadline: Deadline,
): Promise<IncomingMessage> {
  for (let tries = 0; ; tries++) {
    const sending = { sent: false, reused: false };
    try {
      return await exchange(connections, outgoing, sending);
    } catch (error) {
      // A kept connection may be closed by the server in the very moment it is used again.
      const stale =
        sending.reused && networkFailure(error).code === "ECONNRESET" && isIdempotent(outgoing.method);
      if (stale && tries === 0) continue;
      throw failureOf(
        error,
        { url: outgoing.url, method: outgoing.method, sent: sending.sent, status: undefined },
        deadline,
      );
    }
  }
}

async function receive(
  answer: IncomingMessage,
  { url, method }: Hop,
  args: FetchArguments,
  secrets: ReadonlyMap<string, string>,
  deadline: Deadline,
): Promise<FetchResult> {
  const status = answer.statusCode ?? 0;
  const list = scrubList(secrets);
  // Read a little further, so that a secret which the limit would cut is still recognised.
  const margin = list[0]?.[0].length ?? 0;
  try {
    const body = await readBody(answer, method, args.max_bytes + margin);
    const clean = scrub(body.bytes, list);
    const bytes = clean.subarray(0, args.max_bytes);
    const truncated = body.truncated || clean.length > bytes.length;
    const text =
      args.response_encoding === "base64"
        ? bytes.toString("base64")
        : await bodyText(bytes, answer.headers["content-type"], truncated);
    const headers = Object.entries(answerHeaders(answer.headers, body.decoded)).map(
      ([name, value]) => [name, scrub(Buffer.from(value, "latin1"), list).toString("latin1")] as const,
    );
    return { status, headers: Object.fromEntries(headers), body: text, truncated };
  } catch (error) {
    throw failureOf(error, { url, method, sent: true, status }, deadline);
  }
}

function readBodyArgument({ method, body, body_encoding }: FetchArguments): Uint8Array | undefined {
  if (body === undefined) return undefined;
  if (method === "GET" || method === "HEAD")
    throw new FieldworkError("invalid_input", `A ${method} request has no body.`, {
      remedy: "Use POST or PUT.",
    });
  if (body_encoding === "utf8") return Buffer.from(body);
  try {
    return Uint8Array.fromBase64(body);
  } catch (error) {
    throw new FieldworkError("invalid_input", "The body is not base64.", { cause: error });
  }
}
