import { CALL_MAX_BYTES } from "../wire/index.ts";
import { type GuestMemory, utf8 } from "./guest-memory.ts";
import type { KernelPort } from "./port.ts";

const BAD_REQUEST =
  '{"ok":false,"error":{"code":"invalid_input","message":"The request is outside the memory or is not UTF-8.","remedy":"Give call() the place and length of a JSON text."}}';

const TOO_LARGE = JSON.stringify({
  ok: false,
  error: {
    code: "too_large",
    message: `The request is larger than ${CALL_MAX_BYTES} bytes.`,
    remedy: "Send less.",
  },
});

/**
 * Import module `fieldwork`: `call` hands a request to the counter and gives the length of the reply in bytes; `read` copies the
 * reply out from where the last read ended and gives the bytes still left, beginning anew after the end.
 */
export function fieldworkImports(
  memory: GuestMemory,
  port: KernelPort,
  answerHere: (json: string) => string | undefined,
) {
  let reply: Uint8Array = new Uint8Array(0);
  let position = 0;

  const keep = (text: string): number => {
    reply = utf8(text);
    position = 0;
    return reply.byteLength;
  };

  const call = (at: number, length: number): number | Promise<number> => {
    if (length >>> 0 > CALL_MAX_BYTES) return keep(TOO_LARGE);
    const request = memory.text(at, length);
    if (request === undefined) return keep(BAD_REQUEST);
    const here = answerHere(request);
    return here === undefined ? port.request(request).then(keep) : keep(here);
  };

  const read = (at: number, length: number): number => {
    if (position >= reply.byteLength) position = 0;
    const part = reply.subarray(position, position + (length >>> 0));
    if (!memory.put(at, part)) return -1;
    position += part.byteLength;
    return reply.byteLength - position;
  };

  return { call, read };
}
