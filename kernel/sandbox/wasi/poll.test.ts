import { describe, expect, it } from "vitest";
import { errno } from "./errno.ts";
import { fileCalls } from "./fixtures/files.ts";
import { type Guest, monotonicNs, startGuest, wallClockNs } from "./fixtures/guest.ts";
import { createMemoryFs } from "./fixtures/memory-fs.ts";

interface ClockRequest {
  readonly userdata: bigint;
  readonly clock: number;
  readonly timeout: bigint;
  readonly absolute?: boolean;
}
interface DescriptorRequest {
  readonly userdata: bigint;
  readonly ready: "read" | "write";
  readonly fd: number;
}

const inputAt = 0x1000;
const outputAt = 0x8000;

async function poll(guest: Guest, requests: readonly (ClockRequest | DescriptorRequest)[]) {
  const view = guest.view();
  for (const [index, request] of requests.entries()) {
    const at = inputAt + index * 48;
    view.setBigUint64(at, request.userdata, true);
    if ("fd" in request) {
      view.setUint8(at + 8, request.ready === "read" ? 1 : 2);
      view.setUint32(at + 16, request.fd, true);
    } else {
      view.setUint8(at + 8, 0);
      view.setUint32(at + 16, request.clock, true);
      view.setBigUint64(at + 24, request.timeout, true);
      view.setUint16(at + 40, request.absolute ? 1 : 0, true);
    }
  }
  const number = await guest.call("poll_oneoff", inputAt, outputAt, requests.length, 0);
  const events = Array.from({ length: number === 0 ? view.getUint32(0, true) : 0 }, (_, index) => {
    const at = outputAt + index * 32;
    return {
      userdata: view.getBigUint64(at, true),
      error: view.getUint16(at + 8, true),
      type: view.getUint8(at + 10),
      bytes: view.getBigUint64(at + 16, true),
      hangup: view.getUint16(at + 24, true),
    };
  });
  return { errno: number, events };
}

const clockEvent = (userdata: bigint) => ({ userdata, error: 0, type: 0, bytes: 0n, hangup: 0 });
const millisecond = 1_000_000n;

describe("poll_oneoff", () => {
  it("sleeps for a relative time, to the fraction of a millisecond", async () => {
    const guest = startGuest();
    expect(await poll(guest, [{ userdata: 9n, clock: 1, timeout: 1_500_000n }])).toEqual({
      errno: 0,
      events: [clockEvent(9n)],
    });
    expect(guest.sleeps).toEqual([1.5]);
  });

  it.each([
    { clock: 0, now: wallClockNs },
    { clock: 1, now: monotonicNs },
  ])(
    "sleeps until an absolute time on clock $clock, and not at all for one that is past",
    async ({ clock, now }) => {
      const guest = startGuest();
      await poll(guest, [{ userdata: 1n, clock, timeout: now + 20n * millisecond, absolute: true }]);
      expect(guest.sleeps).toEqual([20]);
      const past = await poll(guest, [{ userdata: 1n, clock, timeout: now - 1n, absolute: true }]);
      expect(past.events).toEqual([clockEvent(1n)]);
      expect(guest.sleeps).toEqual([20]);
    },
  );

  it("wakes for the first of several clocks, and for those that are due with it", async () => {
    const guest = startGuest();
    const { events } = await poll(guest, [
      { userdata: 1n, clock: 1, timeout: 30n * millisecond },
      { userdata: 2n, clock: 0, timeout: 10n * millisecond },
      { userdata: 3n, clock: 1, timeout: monotonicNs + 10n * millisecond, absolute: true },
    ]);
    expect(events).toEqual([clockEvent(2n), clockEvent(3n)]);
    expect(guest.sleeps).toEqual([10]);
  });

  it("asks for a long sleep in pieces of the limit, and waits them all", async () => {
    const guest = startGuest({ limits: { sleepMs: 100 } });
    await poll(guest, [{ userdata: 1n, clock: 1, timeout: 250n * millisecond }]);
    expect(guest.sleeps).toEqual([100, 100, 50]);
  });

  it("can be broken off by the caller in the midst of an endless sleep", async () => {
    const guest = startGuest({ sleep: () => Promise.reject(new Error("call timed out")) });
    await expect(poll(guest, [{ userdata: 1n, clock: 1, timeout: 2n ** 64n - 1n }])).rejects.toThrow(
      "timed out",
    );
  });

  it("finds descriptors ready at once, with the clocks that are due", async () => {
    const fs = createMemoryFs();
    fs.put("f", "0123456789");
    const guest = startGuest({ stdin: Buffer.from("abc"), preopens: { "/workspace": fs } });
    const calls = fileCalls(guest);
    const fd = await calls.opened("f");
    await calls.read(fd, 4);
    const { events } = await poll(guest, [
      { userdata: 1n, clock: 1, timeout: 1000n * millisecond },
      { userdata: 2n, ready: "read", fd: 0 },
      { userdata: 3n, ready: "write", fd: 1 },
      { userdata: 4n, ready: "read", fd },
      { userdata: 5n, clock: 1, timeout: 0n },
    ]);
    expect(events).toEqual([
      { userdata: 2n, error: 0, type: 1, bytes: 3n, hangup: 0 },
      { userdata: 3n, error: 0, type: 2, bytes: 8n * 1024n * 1024n, hangup: 0 },
      { userdata: 4n, error: 0, type: 1, bytes: 6n, hangup: 0 },
      clockEvent(5n),
    ]);
    expect(guest.sleeps).toEqual([]);
  });

  it("says of an exhausted input that its other end has gone", async () => {
    const { events } = await poll(startGuest(), [{ userdata: 1n, ready: "read", fd: 0 }]);
    expect(events).toEqual([{ userdata: 1n, error: 0, type: 1, bytes: 0n, hangup: 1 }]);
  });

  it("reports what is wrong with a descriptor in its event", async () => {
    const fs = createMemoryFs();
    fs.put("f", "x");
    const guest = startGuest({ preopens: { "/workspace": fs } });
    const calls = fileCalls(guest);
    const gone = await calls.opened("f");
    await calls.onPath("path_unlink_file", "f");
    const { events } = await poll(guest, [
      { userdata: 1n, ready: "read", fd: 77 },
      { userdata: 2n, ready: "read", fd: 1 },
      { userdata: 3n, ready: "write", fd: 0 },
      { userdata: 4n, ready: "read", fd: 3 },
      { userdata: 5n, ready: "read", fd: gone },
    ]);
    expect(events.map(({ error }) => error)).toEqual([
      errno.badFileDescriptor,
      errno.notCapable,
      errno.notCapable,
      errno.notCapable,
      errno.notFound,
    ]);
  });

  it("refuses no subscriptions, too many, unknown clocks and unknown kinds", async () => {
    const guest = startGuest({ limits: { pollSubscriptions: 2 } });
    expect((await poll(guest, [])).errno).toBe(errno.invalid);
    const clock = { userdata: 1n, clock: 1, timeout: 0n };
    expect((await poll(guest, [clock, clock])).errno).toBe(0);
    expect((await poll(guest, [clock, clock, clock])).errno).toBe(errno.invalid);
    expect((await poll(guest, [{ ...clock, clock: 3 }])).errno).toBe(errno.invalid);
    guest.view().setUint8(inputAt + 8, 3);
    expect(await guest.call("poll_oneoff", inputAt, outputAt, 1, 0)).toBe(errno.invalid);
    expect(await guest.call("poll_oneoff", inputAt, outputAt, 0xffffffff, 0)).toBe(errno.invalid);
  });

  it("reads all subscriptions before it writes an event over them", async () => {
    const guest = startGuest();
    const view = guest.view();
    for (const index of [0, 1]) {
      view.setBigUint64(inputAt + index * 48, BigInt(index + 1), true);
      view.setUint32(inputAt + index * 48 + 16, 1, true);
    }
    expect(await guest.call("poll_oneoff", inputAt, inputAt, 2, 0)).toBe(0);
    expect(view.getBigUint64(inputAt, true)).toBe(1n);
    expect(view.getBigUint64(inputAt + 32, true)).toBe(2n);
  });
});
