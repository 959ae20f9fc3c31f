/** `u32 length of the head, the head as JSON, the body`. */
export function withHead(head: unknown, body: Uint8Array): readonly Uint8Array[] {
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.byteLength);
  return [length, text, body];
}

export function headed<T>(payload: Buffer): { readonly head: T; readonly body: Buffer } {
  const length = payload.readUInt32LE(0);
  return {
    head: JSON.parse(payload.toString("utf8", 4, 4 + length)) as T,
    body: payload.subarray(4 + length),
  };
}
