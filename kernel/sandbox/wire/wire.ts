import type { Socket } from "node:net";

/**
 * Frames between the kernel and a sandbox process: `u32 payload length, u8 type, u32 id, payload`, little endian.
 * What is sent in one turn of the event loop goes out in one write.
 */
export interface Wire {
  send(type: number, id: number, ...payload: readonly Uint8Array[]): void;
  /** Bytes that wait for the other side. */
  backlog(): number;
  close(): void;
}

export interface WireOptions {
  readonly maxFrameBytes: number;
  onFrame(type: number, id: number, payload: Buffer): void;
  onError(problem: Error): void;
}

const HEADER = 9;
const BATCH = 65_536;

export function createWire(socket: Socket, options: WireOptions): Wire & { receive(chunk: Buffer): void } {
  // What was handed to the socket must stay as it is until it is sent, so a batch is filled further, never over again.
  let batch = Buffer.allocUnsafeSlow(BATCH);
  let sent = 0;
  let filled = 0;
  let scheduled = false;

  const flush = () => {
    scheduled = false;
    if (filled === sent || socket.destroyed) return;
    const ready = batch.subarray(sent, filled);
    sent = filled;
    socket.write(ready);
  };

  const send = (type: number, id: number, ...payload: readonly Uint8Array[]) => {
    let length = 0;
    for (const part of payload) length += part.byteLength;
    if (HEADER + length > BATCH) {
      flush();
      const head = Buffer.allocUnsafe(HEADER);
      writeHeader(head, 0, type, id, length);
      if (socket.destroyed) return;
      socket.write(head);
      for (const part of payload) socket.write(part);
      return;
    }
    if (filled + HEADER + length > BATCH) {
      flush();
      batch = Buffer.allocUnsafeSlow(BATCH);
      sent = 0;
      filled = 0;
    }
    filled = writeHeader(batch, filled, type, id, length);
    for (const part of payload) {
      batch.set(part, filled);
      filled += part.byteLength;
    }
    if (!scheduled) {
      scheduled = true;
      process.nextTick(flush);
    }
  };

  const reader = createReader(options);
  return {
    send,
    backlog: () => socket.writableLength + filled - sent,
    receive: reader,
    close() {
      flush();
      socket.destroy();
    },
  };
}

function writeHeader(into: Buffer, at: number, type: number, id: number, length: number): number {
  into.writeUInt32LE(length, at);
  into[at + 4] = type;
  into.writeUInt32LE(id, at + 5);
  return at + HEADER;
}

/** Cuts a stream of chunks into frames. A chunk's memory is only valid during the call, so payloads are copies. */
function createReader(options: WireOptions): (chunk: Buffer) => void {
  const head = Buffer.allocUnsafe(HEADER);
  let headFilled = 0;
  let payload: Buffer | undefined;
  let payloadFilled = 0;
  let broken = false;

  const deliver = (body: Buffer) => options.onFrame(head[4] as number, head.readUInt32LE(5), body);

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
        if (length > options.maxFrameBytes) {
          broken = true;
          options.onError(new Error(`a frame of ${length} bytes is larger than ${options.maxFrameBytes}`));
          return;
        }
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
      deliver(body);
    }
  };
}
