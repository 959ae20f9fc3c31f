import { open } from "node:fs/promises";

/** A part of a blob's bytes. */
export async function readBlob(path: string, type: string, offset: number, length: number) {
  await using file = await open(path, "r");
  const { size } = await file.stat();
  const wanted = Math.max(0, Math.min(length, size - offset));
  const bytes = Buffer.allocUnsafe(wanted);
  let got = 0;
  while (got < wanted) {
    const { bytesRead } = await file.read(bytes, got, wanted - got, offset + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return {
    base64: bytes.subarray(0, got).toString("base64"),
    size,
    type,
    truncated: offset + got < size,
  };
}
