import type { Socket } from "node:net";
import { createReader, HEADER, PART, type ReaderOptions } from "./reader.ts";

/**
 * Frames between the kernel and a sandbox process: `u32 payload length, u8 type, u32 id, payload`, little endian.
 * What is sent in one turn of the event loop goes out in one write.
 *
 * Frames of one stream (an invocation) arrive in order. Long ones go in parts, those of different streams by turns, and short frames
 * of other streams in between: nobody waits for a neighbour's megabytes.
 */
export interface Wire {
  /** @param type below 128 */
  send(stream: number, type: number, id: number, ...payload: readonly Uint8Array[]): void;
  /** Bytes handed to the socket that wait for the other side. */
  backlog(): number;
  close(): void;
}

export type WireOptions = ReaderOptions;

const BATCH = 65_536;
const PART_BYTES = 32_768;
/** Parts are handed to the socket as long as no more than so much waits in it. */
const AHEAD_BYTES = 131_072;
/** Streams whose long frames are under way at once: the other side holds what has come of each. */
const UNDER_WAY_MAX = 4;

interface Waiting {
  readonly type: number;
  readonly id: number;
  readonly length: number;
  readonly payload: readonly Uint8Array[];
  sent: number;
}

export function createWire(socket: Socket, options: WireOptions): Wire & { receive(chunk: Buffer): void } {
  // What was handed to the socket must stay as it is until it is sent, so a batch is filled further, never over again.
  let batch = Buffer.allocUnsafeSlow(BATCH);
  let sent = 0;
  let filled = 0;
  let scheduled = false;
  /** Streams with a long frame under way or waiting, and what came after it. */
  const streams = new Map<number, Waiting[]>();
  let turn = 0;

  const backlog = () => socket.writableLength + filled - sent;
  const flush = () => {
    scheduled = false;
    if (filled === sent || socket.destroyed) return;
    const ready = batch.subarray(sent, filled);
    sent = filled;
    socket.write(ready, pump);
  };
  const put = (type: number, id: number, length: number, payload: Iterable<Uint8Array>) => {
    if (filled + HEADER + length > BATCH) {
      flush();
      batch = Buffer.allocUnsafeSlow(BATCH);
      sent = 0;
      filled = 0;
    }
    batch.writeUInt32LE(length, filled);
    batch[filled + 4] = type;
    batch.writeUInt32LE(id, filled + 5);
    filled += HEADER;
    for (const part of payload) {
      batch.set(part, filled);
      filled += part.byteLength;
    }
    if (!scheduled) {
      scheduled = true;
      process.nextTick(flush);
    }
  };
  const putPart = (frame: Waiting) => {
    const { type, id, length, payload } = frame;
    const end = Math.min(length, frame.sent + PART_BYTES);
    const parts = frame.sent === 0 ? [lengthOf(length)] : [];
    const own = end - frame.sent;
    parts.push(...between(payload, frame.sent, end));
    put(type | PART, id, frame.sent === 0 ? own + 4 : own, parts);
    frame.sent = end;
  };
  const pump = () => {
    while (streams.size > 0 && backlog() < AHEAD_BYTES && !socket.destroyed) {
      const [stream, queue] = nth(streams, turn++ % Math.min(streams.size, UNDER_WAY_MAX));
      const frame = queue[0] as Waiting;
      if (frame.length > PART_BYTES) putPart(frame);
      else put(frame.type, frame.id, frame.length, frame.payload);
      if (frame.length > PART_BYTES && frame.sent < frame.length) continue;
      queue.shift();
      streams.delete(stream);
      if (queue.length > 0) streams.set(stream, queue);
    }
  };

  return {
    send(stream, type, id, ...payload) {
      if (socket.destroyed) return;
      let length = 0;
      for (const part of payload) length += part.byteLength;
      const queue = streams.get(stream);
      if (!queue && length <= PART_BYTES) return put(type, id, length, payload);
      const frame = { type, id, length, payload, sent: 0 };
      if (queue) queue.push(frame);
      else streams.set(stream, [frame]);
      pump();
    },
    backlog,
    receive: createReader(options),
    close() {
      flush();
      socket.destroy();
    },
  };
}

function lengthOf(bytes: number): Uint8Array {
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32LE(bytes);
  return length;
}

/** The bytes from one place to another of pieces laid end to end. */
function* between(pieces: readonly Uint8Array[], from: number, to: number): Generator<Uint8Array> {
  let at = 0;
  for (const piece of pieces) {
    const part = piece.subarray(Math.max(0, from - at), Math.max(0, to - at));
    if (part.byteLength > 0) yield part;
    at += piece.byteLength;
  }
}

function nth<K, V>(map: ReadonlyMap<K, V>, n: number): readonly [K, V] {
  let at = 0;
  for (const entry of map) if (at++ === n) return entry;
  throw new RangeError(`there is no entry ${n}`);
}
