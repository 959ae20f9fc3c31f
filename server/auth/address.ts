import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** The peer's address; one of IPv4 that comes over IPv6 is written as IPv4. Headers of proxies are not believed. */
export const peerOf = ({ socket }: Pick<IncomingMessage, "socket">): string =>
  (socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.)/i, "");

export const isLoopbackAddress = (address: string): boolean =>
  address === "::1" || (isIP(address) === 4 && address.startsWith("127."));

/** The name in a Host header, without port and brackets; `undefined` where it is not one. */
export function hostName(header: string): string | undefined {
  const found = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(header);
  return found?.[1] === undefined ? undefined : bare(found[1]);
}

export const bare = (host: string): string => host.toLowerCase().replace(/^\[(.*)\]$/, "$1");

export const isLoopbackName = (name: string): boolean =>
  name === "localhost" || name.endsWith(".localhost") || isLoopbackAddress(name);
