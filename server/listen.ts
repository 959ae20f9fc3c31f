import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { FieldworkError } from "#contract";
import type { Limits } from "./limits.ts";

/** An HTTP server with every limit set, so that neither slow nor many clients can hold it. */
export function createLimitedServer(limits: Limits): Server {
  const server = createServer({
    maxHeaderSize: limits.header_bytes,
    headersTimeout: limits.headers_timeout_ms,
    requestTimeout: limits.request_timeout_ms,
    keepAliveTimeout: limits.keep_alive_ms,
    connectionsCheckingInterval: 2_000,
    requireHostHeader: true,
  });
  server.maxConnections = limits.connections;
  return server;
}

/** Binds to one address. Throws `conflict` or `invalid_input` with the setting that mends it. */
export async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new FieldworkError("invalid_input", `${port} is no port`, {
      remedy: "Set FIELDWORK_PORT to a number from 1 to 65535, or leave it out.",
    });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ host, port, exclusive: true, backlog: 511 }, resolve);
  try {
    await promise;
  } catch (thrown) {
    throw explain(thrown as NodeJS.ErrnoException, host, port);
  } finally {
    server.off("error", reject);
  }
  return server.address() as AddressInfo;
}

function explain(thrown: NodeJS.ErrnoException, host: string, port: number): unknown {
  switch (thrown.code) {
    case "EADDRINUSE":
      return new FieldworkError("conflict", `port ${port} on ${host} is taken by another program`, {
        remedy: `End that program, or start with another port: FIELDWORK_PORT=${port + 1 < 65536 ? port + 1 : 1987} ./start.sh`,
        cause: thrown,
      });
    case "EACCES":
      return new FieldworkError("conflict", `the system does not let this user open port ${port}`, {
        remedy: "Start with a port above 1023: FIELDWORK_PORT=1987 ./start.sh",
        cause: thrown,
      });
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new FieldworkError("invalid_input", `this machine has no address ${host}`, {
        remedy: "Set FIELDWORK_HOST to 127.0.0.1 or to an address of this machine.",
        cause: thrown,
      });
    default:
      return thrown;
  }
}

export function addressUrl({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
