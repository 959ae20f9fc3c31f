import type { CallContext } from "#contract";
import { checkHeader, type Headers } from "./headers.ts";

const HANDLE = /\{\{secret:[A-Za-z0-9_.-]{1,128}\}\}/g;

/** Headers ready to be sent, and the values that must not come back to the caller. */
export interface Filled {
  readonly headers: Headers;
  /** Handle by secret value. */
  readonly secrets: ReadonlyMap<string, string>;
}

export const holdsHandle = (text: string): boolean => text.search(HANDLE) >= 0;

/** Fills the secret handles in header values for a host. @throws what the kernel throws for a secret the host may not have. */
export function fillHeaders(headers: Headers, host: string, context: Pick<CallContext, "fill">): Filled {
  const secrets = new Map<string, string>();
  const filled = new Map<string, string>();
  for (const [name, value] of headers) {
    const text = value.replaceAll(HANDLE, (handle) => {
      const secret = context.fill(handle, host);
      if (secret !== handle) secrets.set(secret, handle);
      return secret;
    });
    checkHeader(name, text);
    filled.set(name, text);
  }
  return { headers: filled, secrets };
}

/** The ways an answer may repeat a secret, the longest first. */
export function scrubList(secrets: ReadonlyMap<string, string>): readonly (readonly [Buffer, Buffer])[] {
  const forms = new Map<string, string>();
  for (const [secret, handle] of secrets)
    for (const form of [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      btoa(toBytes(secret)),
    ])
      forms.set(form, handle);
  return [...forms]
    .filter(([form]) => form !== "")
    .sort(([a], [b]) => b.length - a.length)
    .map(([form, handle]) => [Buffer.from(form), Buffer.from(handle)] as const);
}

const toBytes = (text: string): string => Buffer.from(text).toString("latin1");

/** Puts handles in the place of secrets. */
export function scrub(bytes: Buffer, list: ReturnType<typeof scrubList>): Buffer {
  let clean = bytes;
  for (const [secret, handle] of list) {
    const parts: Buffer[] = [];
    let from = 0;
    for (let at = clean.indexOf(secret); at >= 0; at = clean.indexOf(secret, from)) {
      parts.push(clean.subarray(from, at), handle);
      from = at + secret.length;
    }
    if (parts.length > 0) clean = Buffer.concat([...parts, clean.subarray(from)]);
  }
  return clean;
}
