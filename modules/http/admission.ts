import { isIP } from "node:net";
import { FieldworkError, scopeCovers } from "#contract";
import { reachOf } from "./address.ts";

/** Which addresses a host may lead to; see {@link admissionOf}. */
export type Admission = "public" | "own network" | "this machine" | "any";

/**
 * What the scopes allow a URL to connect to, beyond public addresses. Only a scope that names the very host counts, not `*`
 * or `*.example.com`: an address opens itself, `localhost` this machine, and another name the owner's network. So a public
 * name that suddenly resolves to 127.0.0.1 or to a cloud's metadata address leads nowhere.
 */
export function admissionOf(url: URL, scopes: readonly string[]): Admission {
  const named = scopes.some(
    (scope) => scope !== "*" && !scope.includes("*") && scopeCovers("url", scope, url.href),
  );
  if (!named) return "public";
  const host = bareHost(url);
  if (isIP(host)) return "any";
  return host === "localhost" || host.endsWith(".localhost") ? "this machine" : "own network";
}

/** The host of a URL, an IPv6 address without its brackets. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, "$1");

export function isAdmitted(address: string, admission: Admission): boolean {
  const reach = reachOf(address);
  if (reach === "public" || admission === "any") return true;
  if (admission === "this machine") return reach === "loopback";
  return admission === "own network" && reach === "private";
}

export function refusedAddress(host: string, address: string): FieldworkError {
  const where = address === host ? host : `${host} (${address})`;
  return new FieldworkError("denied", `${where} is not an address of the public internet.`, {
    remedy: `If it is meant, give the grant http.fetch with a scope that names the host itself, such as http://${address.includes(":") ? `[${address}]` : address}/.`,
    details: { host, address },
  });
}
