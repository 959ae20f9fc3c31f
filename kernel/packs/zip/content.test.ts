import { crc32, deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { copyContent } from "./content.ts";
import type { ZipEntry } from "./directory.ts";

test("content that grows beyond its declared size is never handed on beyond it", async () => {
  const content = Buffer.alloc(64 << 20);
  const size = 100_000;
  const crc = crc32(content.subarray(0, size));
  const entry: ZipEntry = { path: "a", kind: "file", method: 8, size, crc, packed: deflateRawSync(content) };
  let written = 0;
  const problem = await copyContent(entry, (chunk) => {
    written += chunk.length;
  });
  expect(problem).toBe("it unpacks to more than it declares");
  expect(written).toBeLessThanOrEqual(size);
});
