import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { ACTIONS, type Caller, FieldworkError, fromErrorData } from "#contract";
import type { GatewayKernel } from "./port.ts";

const SYSTEM: Caller = { id: "gateway-http", tier: "system" };
/** All that a program's key is for. What is done in the program's name, such as by the built-in provider, is held against it too. */
const CLIENT_SCOPES = ["llm.complete", "llm.embed"] as const;

/** Refuses a Host that is not this machine's loopback (DNS rebinding) and what a page of a browser sent. @throws `denied` */
export function checkOrigin(headers: IncomingHttpHeaders): void {
  const host = /^(\[::1\]|127(?:\.\d{1,3}){3}|(?:[a-z0-9-]+\.)*localhost)(?::\d{1,5})?$/i;
  if (!host.test(headers.host ?? ""))
    throw new FieldworkError("denied", "This name does not belong to the gateway.", {
      remedy: "Use 127.0.0.1 or localhost in the base URL.",
    });
  const site = headers["sec-fetch-site"];
  if (headers.origin !== undefined || (site !== undefined && site !== "none"))
    throw new FieldworkError("denied", "A page in a browser may not call the gateway.", {
      remedy: "Call it from a program with a key of its own.",
    });
}

/** The program that a request comes from, by its key. @throws FieldworkError `unauthenticated` */
export async function clientOf(headers: IncomingHttpHeaders, kernel: GatewayKernel): Promise<Caller> {
  const given =
    /^Bearer ([\x21-\x7e]{1,512})$/i.exec(headers.authorization ?? "")?.[1] ??
    apiKeyHeader(headers["x-api-key"]);
  if (given !== undefined) {
    const key_sha256 = createHash("sha256").update(given).digest("hex");
    const reply = await kernel.call(SYSTEM, "llm.client", { key_sha256 });
    if (!reply.ok) throw fromErrorData(reply.error);
    const { client } = reply.result as { client: string | null };
    if (client !== null)
      return {
        id: `client:${client}`,
        tier: "guest",
        login: { via: "token", id: "", scopes: CLIENT_SCOPES },
      };
  }
  throw new FieldworkError("unauthenticated", "The request carries no valid key of this gateway.", {
    remedy: "Make a key for the program and send it as a bearer token.",
    action: ACTIONS.make_gateway_key(),
  });
}

const apiKeyHeader = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" && value !== "" && value.length <= 512 ? value : undefined;
