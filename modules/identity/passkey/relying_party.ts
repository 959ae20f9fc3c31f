import { isIP } from "node:net";
import { FieldworkError } from "#contract";

/**
 * The name that passkeys are made for: that of the page, without port. WebAuthn wants a domain name; `localhost` is one, an IP
 * address is none. @throws FieldworkError `invalid_input`
 */
export function relyingParty(origin: string): string {
  const url = new URL(origin);
  const name = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(name) === 0) return name;
  const port = url.port === "" ? "" : `:${url.port}`;
  throw new FieldworkError("invalid_input", `Passkeys belong to a name, and ${name} is an address.`, {
    remedy: `Open ${url.protocol}//localhost${port} instead.`,
    details: { open: `${url.protocol}//localhost${port}` },
  });
}
