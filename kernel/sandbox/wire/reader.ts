/** `u32 payload length, u8 type, u32 id`. */
export const HEADER = 9;
/** In a frame's type: the payload is a part of a long one, whose first part begins with the `u32` length of the whole. */
export const PART = 0x80;

export interface ReaderOptions {
  /** The most that one frame may hold, and that all frames begun and not yet whole may hold together. */
  readonly maxFrameBytes: number;
  onFrame(type: number, id: number, payload: Buffer): void;
  onError(problem: Error): void;
}

interface Long {
  readonly whole: Buffer;
  filled: number;
}

/** Cuts a stream of chunks into frames. A chunk's memory is only valid during the call, so payloads are copies. */
export function createReader(options: ReaderOptions): (chunk: Buffer) => void {
  const head = Buffer.allocUnsafe(HEADER);
  let headFilled = 0;
  let payload: Buffer | undefined;
  let payloadFilled = 0;
  /** By type and id. */
  const long = new Map<string, Long>();
  let longBytes = 0;
  let broken = false;

  const refuse = (problem: string) => {
    broken = true;
    options.onError(new Error(problem));
  };
  const refused = (bytes: number, held: number): boolean => {
    if (held + bytes <= options.maxFrameBytes) return false;
    refuse(`a frame of ${bytes} bytes is larger than ${options.maxFrameBytes}`);
    return true;
  };
  const deliver = (type: number, id: number, body: Buffer) => {
    if ((type & PART) === 0) return options.onFrame(type, id, body);
    const key = `${type} ${id}`;
    let one = long.get(key);
    if (!one) {
      const bytes = body.length < 4 ? 0 : body.readUInt32LE(0);
      if (refused(bytes, longBytes)) return;
      one = { whole: Buffer.allocUnsafe(bytes), filled: 0 };
      long.set(key, one);
      longBytes += bytes;
      body = body.subarray(4);
    }
    const { whole } = one;
    if (one.filled + body.length > whole.length) return refuse("the parts of a frame are longer than it is");
    one.filled += body.copy(whole, one.filled);
    if (one.filled < whole.length) return;
    long.delete(key);
    longBytes -= whole.length;
    options.onFrame(type & ~PART, id, whole);
  };

  return (chunk) => {
    let at = 0;
    while (at < chunk.length && !broken) {
      if (!payload) {
        const take = Math.min(HEADER - headFilled, chunk.length - at);
        chunk.copy(head, headFilled, at, at + take);
        headFilled += take;
        at += take;
        if (headFilled < HEADER) return;
        const length = head.readUInt32LE(0);
        if (refused(length, 0)) return;
        payload = Buffer.allocUnsafe(length);
        payloadFilled = 0;
      }
      const take = Math.min(payload.length - payloadFilled, chunk.length - at);
      chunk.copy(payload, payloadFilled, at, at + take);
      payloadFilled += take;
      at += take;
      if (payloadFilled < payload.length) return;
      const body = payload;
      payload = undefined;
      headFilled = 0;
      deliver(head[4] as number, head.readUInt32LE(5), body);
    }
  };
}
