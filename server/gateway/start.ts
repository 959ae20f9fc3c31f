import type { IncomingMessage, ServerResponse } from "node:http";
import { FieldworkError, toErrorData } from "#contract";
import { LIMITS, type Limits } from "../limits.ts";
import { addressUrl, createLimitedServer, listen } from "../listen.ts";
import { setSecurityHeaders } from "../security_headers.ts";
import { createDeltas } from "./deltas.ts";
import { apiError } from "./error.ts";
import { checkOrigin, clientOf } from "./guard.ts";
import type { GatewayKernel } from "./port.ts";
import {
  chatCompletions,
  embeddings,
  type GatewayExchange,
  type GatewayService,
  models,
  sendJson,
} from "./routes.ts";

const LOOPBACK = "127.0.0.1";

export interface GatewayOptions {
  readonly kernel: GatewayKernel;
  /** 0 takes any free port. */
  readonly port: number;
  readonly limits?: Partial<Limits>;
}
export interface RunningGateway {
  /** `http://127.0.0.1:PORT/v1`, the base URL for clients. */
  readonly url: string;
  readonly port: number;
  /** Takes no more, gives answers under way a moment, then closes what is left. */
  close(): Promise<void>;
}

interface Route {
  readonly method: string;
  readonly path: string;
  /** Takes longer paths too. */
  readonly deeper?: true;
  readonly handle: (exchange: GatewayExchange) => Promise<void>;
}
const ROUTES: readonly Route[] = [
  { method: "POST", path: "/v1/chat/completions", handle: chatCompletions },
  { method: "POST", path: "/v1/embeddings", handle: embeddings },
  { method: "GET", path: "/v1/models", deeper: true, handle: models },
];

/** Starts the gateway's HTTP: OpenAI's chat completions, models and embeddings, on loopback only. @throws `conflict` */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const limits = { ...LIMITS, ...options.limits };
  const deltas = createDeltas(options.kernel);
  const service: GatewayService = { kernel: options.kernel, deltas, limits };
  const server = createLimitedServer(limits);
  server.on("request", (incoming, outgoing) => {
    setSecurityHeaders(incoming, outgoing);
    void answer(service, incoming, outgoing);
  });
  const address = await listen(server, LOOPBACK, options.port).catch((error: Error) => {
    deltas.close();
    throw error instanceof FieldworkError && error.code === "conflict"
      ? new FieldworkError("conflict", error.message, {
          remedy: "End that program, or start with another port: FIELDWORK_GATEWAY_PORT=2403 ./start.sh",
          cause: error,
        })
      : error;
  });
  return {
    url: `${addressUrl(address)}/v1`,
    port: address.port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const idle = setInterval(() => server.closeIdleConnections(), 20);
      const force = setTimeout(() => server.closeAllConnections(), limits.close_grace_ms);
      await closed;
      clearInterval(idle);
      clearTimeout(force);
      deltas.close();
    },
  };
}

async function answer(
  service: GatewayService,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort(new FieldworkError("cancelled", "The client went away."));
  });
  gone.signal.addEventListener("abort", () => outgoing.destroy(), { once: true });
  try {
    checkOrigin(incoming.headers);
    const client = await clientOf(incoming.headers, service.kernel);
    const { route, rest } = routeOf(incoming);
    await route.handle({ service, client, incoming, outgoing, gone, rest });
  } catch (thrown) {
    if (outgoing.headersSent || outgoing.destroyed) {
      outgoing.destroy();
      return;
    }
    const { status, headers, body } = apiError(toErrorData(thrown));
    sendJson(outgoing, status, body, status === 413 ? { ...headers, connection: "close" } : headers);
  }
}

function routeOf({ method, url = "/" }: IncomingMessage): { readonly route: Route; readonly rest: string } {
  const path = URL.parse(url, "http://gateway")?.pathname ?? "/";
  for (const route of ROUTES) {
    const deeper = route.deeper === true && path.startsWith(`${route.path}/`);
    if (route.method === method && (path === route.path || deeper))
      return { route, rest: decode(path.slice(route.path.length + 1)) };
  }
  throw new FieldworkError("not_found", `There is nothing at ${method} ${path.slice(0, 128)}.`, {
    remedy: `There are ${ROUTES.map((one) => `${one.method} ${one.path}`).join(", ")}.`,
    details: { param: "url" },
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
