import { describe, expect, it } from "vitest";
import { errno } from "./errno.ts";
import { recordingOptions, startGuest } from "./fixtures/guest.ts";
import { createWasi, WasiExit } from "./index.ts";

describe("arguments and environment", () => {
  it("are counted, and laid out as C strings behind their pointers", async () => {
    const guest = startGuest({ args: ["agent", "", "grüß"], env: { LANG: "de", EMPTY: "" } });
    expect(await guest.call("args_sizes_get", 0, 4)).toBe(0);
    expect([guest.view().getUint32(0, true), guest.view().getUint32(4, true)]).toEqual([3, 14]);
    expect(await guest.call("args_get", 0x100, 0x200)).toBe(0);
    const pointers = [0, 1, 2].map((index) => guest.view().getUint32(0x100 + index * 4, true));
    expect(pointers).toEqual([0x200, 0x206, 0x207]);
    expect(Buffer.from(guest.bytes(0x200, 14)).toString()).toBe("agent\0\0grüß\0");

    expect(await guest.call("environ_sizes_get", 0, 4)).toBe(0);
    expect([guest.view().getUint32(0, true), guest.view().getUint32(4, true)]).toEqual([2, 15]);
    expect(await guest.call("environ_get", 0x100, 0x200)).toBe(0);
    expect(Buffer.from(guest.bytes(0x200, 15)).toString()).toBe("LANG=de\0EMPTY=\0");
  });

  it.each([{ args: ["a\0b"] }, { env: { "A=B": "c" } }, { env: { "": "c" } }, { env: { A: "b\0" } }])(
    "that could not be passed are refused before the guest starts: %j",
    (given) => {
      expect(() => createWasi(recordingOptions(given).options)).toThrow(TypeError);
    },
  );
});

describe("randomness", () => {
  it("fills exactly what was asked for, in chunks of 64 KiB at most", async () => {
    const sizes: number[] = [];
    const guest = startGuest({
      random(buffer) {
        sizes.push(buffer.byteLength);
        buffer.fill(sizes.length);
      },
    });
    expect(await guest.call("random_get", 10, 65_536 + 7)).toBe(0);
    expect(sizes).toEqual([65_536, 7]);
    expect([...guest.bytes(9, 2)]).toEqual([0, 1]);
    expect([...guest.bytes(10 + 65_535, 3)]).toEqual([1, 2, 2]);
    expect(guest.bytes(10 + 65_536 + 7, 1)[0]).toBe(0);
  });

  it("is bounded for one call", async () => {
    const guest = startGuest({ limits: { randomBytes: 100 } });
    expect(await guest.call("random_get", 0, 101)).toBe(errno.invalid);
    expect(await guest.call("random_get", 0, 0)).toBe(0);
  });
});

describe("leaving", () => {
  it("ends the guest with its code, read as unsigned", async () => {
    const guest = startGuest();
    expect(guest.wasi.exitCode).toBeUndefined();
    await expect(guest.call("proc_exit", -1)).rejects.toMatchObject({ code: 0xffffffff });
    expect(guest.wasi.exitCode).toBe(0xffffffff);
    await expect(guest.call("sched_yield")).rejects.toThrow(WasiExit);
  });

  it("can be forced by the receiver of the output", async () => {
    const guest = startGuest({
      stdout() {
        throw new WasiExit(137);
      },
    });
    guest.putVectors(0, [[64, 4]]);
    await expect(guest.call("fd_write", 1, 0, 1, 32)).rejects.toMatchObject({ code: 137 });
    expect(guest.wasi.exitCode).toBe(137);
  });
});

describe("clocks", () => {
  it("are the two that the caller gives, and none of processor time", async () => {
    const guest = startGuest({ now: () => 11n, monotonic: () => 22n });
    for (const [id, time] of [
      [0, 11n],
      [1, 22n],
    ] as const) {
      expect(await guest.call("clock_time_get", id, 1n, 64)).toBe(0);
      expect(guest.view().getBigUint64(64, true)).toBe(time);
      expect(await guest.call("clock_res_get", id, 64)).toBe(0);
      expect(guest.view().getBigUint64(64, true)).toBe(1_000_000n);
    }
    for (const id of [2, 3, 4, 0xffffffff]) {
      expect(await guest.call("clock_time_get", id, 1n, 64)).toBe(errno.invalid);
      expect(await guest.call("clock_res_get", id, 64)).toBe(errno.invalid);
    }
  });
});

describe("the standard streams", () => {
  it("gather what is written into one chunk that is the receiver's", async () => {
    const guest = startGuest();
    guest.put(0x400, "hello world");
    guest.putVectors(0x100, [
      [0x400, 5],
      [0x500, 0],
      [0x405, 6],
    ]);
    expect(await guest.call("fd_write", 1, 0x100, 3, 0)).toBe(0);
    expect(guest.view().getUint32(0, true)).toBe(11);
    guest.put(0x400, "HELLO WORLD");
    expect(guest.stdout.map((chunk) => Buffer.from(chunk).toString())).toEqual(["hello world"]);
    expect(await guest.call("fd_write", 2, 0x100, 1, 0)).toBe(0);
    expect(guest.stderr.map((chunk) => Buffer.from(chunk).toString())).toEqual(["HELLO"]);
  });

  it("take no more than the limit at once, and say how much", async () => {
    const guest = startGuest({ limits: { ioBytes: 6, ioVectors: 2 } });
    guest.put(0x400, "hello world");
    guest.putVectors(0x100, [
      [0x400, 5],
      [0x405, 6],
    ]);
    expect(await guest.call("fd_write", 1, 0x100, 2, 0)).toBe(0);
    expect(guest.view().getUint32(0, true)).toBe(6);
    expect(Buffer.concat(guest.stdout).toString()).toBe("hello ");
    expect(await guest.call("fd_write", 1, 0x100, 3, 0)).toBe(errno.invalid);
  });

  it("give standard input once, scattered over the buffers, and then its end", async () => {
    const guest = startGuest({ stdin: Buffer.from("abcdefg") });
    guest.putVectors(0x100, [
      [0x400, 2],
      [0x500, 3],
    ]);
    expect(await guest.call("fd_read", 0, 0x100, 2, 0)).toBe(0);
    expect(guest.view().getUint32(0, true)).toBe(5);
    expect(Buffer.from(guest.bytes(0x400, 2)).toString() + Buffer.from(guest.bytes(0x500, 3))).toBe("abcde");
    await guest.call("fd_read", 0, 0x100, 2, 0);
    expect(guest.view().getUint32(0, true)).toBe(2);
    await guest.call("fd_read", 0, 0x100, 2, 0);
    expect(guest.view().getUint32(0, true)).toBe(0);
  });

  it("go one way, cannot be sought in, and do not pass for a terminal", async () => {
    const guest = startGuest({ stdin: Buffer.from("x") });
    guest.putVectors(0x100, [[0x400, 1]]);
    expect(await guest.call("fd_read", 1, 0x100, 1, 0)).toBe(errno.notCapable);
    expect(await guest.call("fd_write", 0, 0x100, 1, 0)).toBe(errno.notCapable);
    expect(await guest.call("fd_seek", 1, 0n, 1, 0)).toBe(errno.notSeekable);
    expect(await guest.call("fd_pread", 0, 0x100, 1, 0n, 0)).toBe(errno.notSeekable);
    expect(await guest.call("fd_readdir", 1, 0, 0, 0n, 0)).toBe(errno.notDirectory);
    expect(await guest.call("fd_fdstat_get", 1, 0x200)).toBe(0);
    expect(guest.view().getUint8(0x200)).toBe(0);
    expect(await guest.call("fd_filestat_get", 1, 0x200)).toBe(0);
    expect(guest.view().getUint8(0x200 + 16)).toBe(0);
    expect(await guest.call("fd_sync", 1)).toBe(0);
  });

  it("can be closed, after which they are not there", async () => {
    const guest = startGuest();
    guest.putVectors(0x100, [[0x400, 1]]);
    expect(await guest.call("fd_close", 1)).toBe(0);
    expect(await guest.call("fd_close", 1)).toBe(errno.badFileDescriptor);
    expect(await guest.call("fd_write", 1, 0x100, 1, 0)).toBe(errno.badFileDescriptor);
  });
});
