import { NATIVE_GLOBAL } from "./protocol.ts";

/** The host's functions. A text result of `request` and `sleep` says why the host refuses. */
export interface Native {
  request(id: number, json: string): string | undefined;
  settle(id: number, reply: string): void;
  log(line: string): void;
  sleep(id: number, milliseconds: number): string | undefined;
  cancel(id: number): void;
  random(): number;
  randomBytes(count: number): Uint8Array<ArrayBuffer>;
  encode(text: string): Uint8Array<ArrayBuffer>;
  /** UTF-8; options: 1 fatal, 2 keep the byte order mark. Undefined where fatal finds a fault. */
  decode(bytes: Uint8Array, options: number): string | undefined;
  /** See the host's `urlReply`. */
  url(request: string): string | undefined;
}

const globals = globalThis as Record<string, unknown>;

/** Only the glue sees it: the global is gone before any agent code runs. */
export const native = globals[NATIVE_GLOBAL] as Native;

delete globals[NATIVE_GLOBAL];
