import { randomBytes } from "node:crypto";
import { getRequestListener } from "@hono/node-server";
import { FieldworkError, LOGINS_ENDED } from "#contract";
import { refuse } from "./answer.ts";
import { createApp } from "./app.ts";
import { createCookies, createGuard, createIdentify } from "./auth/index.ts";
import { createEventStreams } from "./events/streams.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { addressUrl, createLimitedServer, listen } from "./listen.ts";
import { createMeasurements } from "./measurements/index.ts";
import { readPanelFiles } from "./panel/index.ts";
import type { KernelPort } from "./port.ts";
import { ROUTES } from "./routes/index.ts";
import { setSecurityHeaders } from "./security_headers.ts";

export interface ServerOptions {
  readonly kernel: KernelPort;
  /** Absolute path of the home. */
  readonly home: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The local token; whoever sends it as a bearer token is the owner. */
  readonly token: string;
  readonly version: string;
  /** Where the built panel is; without it a page says how to build it. */
  readonly panel?: string;
  readonly limits?: Partial<Limits>;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** As `/healthz` gives it. */
  readonly instance: string;
  /** Takes no more, ends the event streams, gives requests under way a moment, then closes what is left. */
  close(): Promise<void>;
}

/** Starts HTTP over the kernel. Throws `conflict` when the port is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { kernel, home, host, port, token, version } = options;
  const limits = { ...LIMITS, ...options.limits };
  const streams = createEventStreams(limits.event_clients);
  const measurements = createMeasurements(kernel.events);
  const cookies = createCookies(token);
  const instance = randomBytes(12).toString("hex");
  const app = createApp(
    ROUTES,
    { kernel, home, version, instance, limits, cookies, streams, measurements },
    createGuard(host),
    createIdentify(kernel, token, cookies),
    readPanelFiles(options.panel),
  );
  const stopListening = kernel.events.live(({ kind, data }) => {
    if (kind === LOGINS_ENDED && Array.isArray(data.logins))
      streams.endOf(data.logins.map(String), "signed out");
  });
  const answerRequest = getRequestListener((request, env) => app.fetch(request, env), {
    overrideGlobalObjects: false,
    errorHandler: () =>
      refuse(
        new FieldworkError("invalid_input", "the request line or a header is malformed", {
          remedy: "Send a plain path and a Host header, as HTTP/1.1 wants them (RFC 9112).",
        }),
      ),
  });

  const server = createLimitedServer(limits);
  server.on("request", (incoming, outgoing) => {
    setSecurityHeaders(incoming, outgoing);
    void answerRequest(incoming, outgoing);
  });
  const address = await listen(server, host, port).catch((error: unknown) => {
    stopListening();
    measurements.stop();
    throw error;
  });

  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    stopListening();
    streams.endAll("the server stops");
    measurements.stop();
    // A kept-alive connection falls idle only after its last answer, so one look is not enough.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    const force = setTimeout(() => server.closeAllConnections(), limits.close_grace_ms);
    await closed;
    clearInterval(idle);
    clearTimeout(force);
  };
  return { url: addressUrl(address), port: address.port, instance, close };
}
