import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createWire } from "./index.ts";

/** Both ends of a pipe. */
async function pipe(): Promise<readonly [Socket, Socket]> {
  const folder = mkdtempSync(join(tmpdir(), "fw-wire-"));
  const path = process.platform === "win32" ? `\\\\.\\pipe\\fw-wire-${process.pid}` : join(folder, "pipe");
  const server = createServer().listen(path);
  const near = connect(path);
  const [far] = (await once(server, "connection")) as [Socket];
  onTestFinished(() => {
    for (const end of [near, far, server]) "destroy" in end ? end.destroy() : end.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return [near, far];
}

const never = () => {
  throw new Error("not expected");
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("frames of every size arrive whole and in order, however slowly they are read", async () => {
  const [near, far] = await pipe();
  const sizes = Array.from({ length: 3000 }, (_, n) => (n % 100 === 0 ? 200_000 : (n * 37) % 300));
  sizes.push(65_526, 65_527, 65_528, 0, 65_536, 32_767, 32_768, 32_769);
  const content = (n: number) => Buffer.alloc(sizes[n] ?? 0, n % 251);
  let arrived = 0;
  const done = Promise.withResolvers<void>();
  const reader = createWire(far, {
    maxFrameBytes: 200_000,
    onError: done.reject,
    onFrame(type, id, payload) {
      if (id !== arrived || type !== id % 128 || !payload.equals(content(id)))
        done.reject(new Error(`frame ${arrived} came as ${id} with ${payload.length} bytes`));
      if (++arrived === sizes.length) done.resolve();
    },
  });
  const writer = createWire(near, { maxFrameBytes: 0, onError: never, onFrame: never });
  for (let n = 0; n < sizes.length; n++) {
    const whole = content(n);
    const half = whole.length >> 1;
    writer.send(1, n % 128, n, whole.subarray(0, half), whole.subarray(half));
    if (n % 7 === 0) await turn();
  }
  expect(writer.backlog()).toBeGreaterThan(0);
  expect(writer.backlog()).toBeLessThan(1_000_000);
  far.on("data", reader.receive);
  await done.promise;
  expect(writer.backlog()).toBe(0);
});

test("a frame larger than allowed ends the reading, and nothing after it is delivered", async () => {
  const [near, far] = await pipe();
  const problem = Promise.withResolvers<Error>();
  const reader = createWire(far, { maxFrameBytes: 1000, onError: problem.resolve, onFrame: never });
  far.on("data", reader.receive);
  const writer = createWire(near, { maxFrameBytes: 0, onError: never, onFrame: never });
  writer.send(1, 1, 1, Buffer.alloc(1001));
  writer.send(1, 1, 2, Buffer.alloc(1));
  expect((await problem.promise).message).toContain("1001");
  await turn();
});

test("a short frame does not wait for the megabytes of another stream, and those of one stream keep their order", async () => {
  const [near, far] = await pipe();
  const arrived: number[] = [];
  const done = Promise.withResolvers<void>();
  const reader = createWire(far, {
    maxFrameBytes: 40_000_000,
    onError: done.reject,
    onFrame(_, id, payload) {
      arrived.push(id);
      if (payload.length > 1 && !payload.equals(Buffer.alloc(8_000_000, id)))
        done.reject(new Error(`frame ${id} is not what was sent`));
      if (arrived.length === 8) done.resolve();
    },
  });
  const writer = createWire(near, { maxFrameBytes: 0, onError: never, onFrame: never });
  for (let n = 1; n <= 6; n++) writer.send(n, 1, n, Buffer.alloc(8_000_000, n));
  writer.send(1, 1, 10, Buffer.alloc(1));
  writer.send(9, 1, 20, Buffer.alloc(1));
  far.on("data", reader.receive);
  await done.promise;
  expect(arrived[0]).toBe(20);
  expect(arrived.indexOf(10)).toBeGreaterThan(arrived.indexOf(1));
});

test("frames that are begun may not hold more together than one may", async () => {
  const [near, far] = await pipe();
  const problem = Promise.withResolvers<Error>();
  const reader = createWire(far, { maxFrameBytes: 300_000, onError: problem.resolve, onFrame: never });
  far.on("data", reader.receive);
  const writer = createWire(near, { maxFrameBytes: 0, onError: never, onFrame: never });
  for (let n = 1; n <= 4; n++) writer.send(n, 1, n, Buffer.alloc(250_000));
  expect((await problem.promise).message).toContain("larger than 300000");
});
