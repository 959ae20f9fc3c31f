import { beforeEach, describe, expect, it } from "vitest";
import { errno } from "./errno.ts";
import { fileCalls, workspace } from "./fixtures/files.ts";
import { compileWat, type Guest, importsOf, recordingOptions, startGuest } from "./fixtures/guest.ts";
import { createMemoryFs } from "./fixtures/memory-fs.ts";
import { type FunctionName, functionNames, signatures } from "./fixtures/signatures.ts";
import { createWasi, WasiExit } from "./index.ts";

const fileFd = 4;
const good = 0x800;

/** Arguments with which each call that uses memory would succeed, or fail for another reason than an address. */
const harmless: Partial<Record<FunctionName, readonly (number | bigint)[]>> = {
  args_get: [good, good + 64],
  args_sizes_get: [good, good + 8],
  environ_get: [good, good + 64],
  environ_sizes_get: [good, good + 8],
  clock_res_get: [0, good],
  clock_time_get: [0, 0n, good],
  fd_fdstat_get: [fileFd, good],
  fd_filestat_get: [fileFd, good],
  fd_pread: [fileFd, good, 1, 0n, good + 16],
  fd_prestat_get: [workspace, good],
  fd_prestat_dir_name: [workspace, good, 10],
  fd_pwrite: [fileFd, good, 1, 0n, good + 16],
  fd_read: [fileFd, good, 1, good + 16],
  fd_readdir: [workspace, good, 64, 0n, good + 128],
  fd_seek: [fileFd, 0n, 2, good],
  fd_tell: [fileFd, good],
  fd_write: [fileFd, good, 1, good + 16],
  path_create_directory: [workspace, good, 1],
  path_filestat_get: [workspace, 0, good, 1, good + 64],
  path_filestat_set_times: [workspace, 0, good, 1, 0n, 0n, 0],
  path_link: [workspace, 0, good, 1, workspace, good, 1],
  path_open: [workspace, 0, good, 1, 0, 0n, 0n, 0, good + 64],
  path_readlink: [workspace, good, 1, good + 64, 16, good + 128],
  path_remove_directory: [workspace, good, 1],
  path_rename: [workspace, good, 1, workspace, good, 1],
  path_symlink: [good, 1, workspace, good, 1],
  path_unlink_file: [workspace, good, 1],
  poll_oneoff: [good, good + 64, 1, good + 128],
  random_get: [good, 16],
};

describe("the surface of wasi_snapshot_preview1", () => {
  let guest: Guest;
  beforeEach(async () => {
    const fs = createMemoryFs();
    fs.put("f", "content");
    guest = startGuest({ env: { NAME: "value" }, preopens: { "/workspace": fs } });
    expect(await fileCalls(guest).opened("f")).toBe(fileFd);
    guest.put(good, new Uint8Array(256));
    guest.put(good, "f");
  });

  it("has every function of the witx and no other", () => {
    expect(Object.keys(guest.wasi.imports).sort()).toEqual([...functionNames].sort());
    for (const name of guest.wasi.suspending) expect(functionNames).toContain(name);
  });

  const cases = functionNames.flatMap((name) =>
    [...signatures[name]].flatMap((letter, index) =>
      letter === "p" && harmless[name] !== undefined ? [{ name, index }] : [],
    ),
  );

  it.each(cases)(
    "$name answers EFAULT when argument $index points outside the memory",
    async ({ name, index }) => {
      const args = harmless[name] ?? [];
      if (name === "fd_read" || name === "fd_write" || name === "fd_pread" || name === "fd_pwrite") {
        guest.putVectors(good, [[good + 32, 4]]);
      }
      expect(await guest.call(name, ...args)).not.toBe(errno.fault);
      const end = guest.memory.buffer.byteLength;
      for (const address of [end, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff8]) {
        const bad = args.map((argument, position) => (position === index ? address : argument));
        expect(await guest.call(name, ...bad), `${name} at ${address}`).toBe(errno.fault);
      }
    },
  );

  it("checks every buffer of a scattered read, and the array itself", async () => {
    const end = guest.memory.buffer.byteLength;
    guest.putVectors(good, [
      [good + 64, 16],
      [end - 2, 4],
    ]);
    expect(await guest.call("fd_read", fileFd, good, 2, good + 32)).toBe(errno.fault);
    guest.putVectors(good, [[0x10, 0xffffffff]]);
    expect(await guest.call("fd_write", fileFd, good, 1, good + 32)).toBe(errno.fault);
    expect(await guest.call("fd_write", fileFd, end - 8, 2, good + 32)).toBe(errno.fault);
    expect(await guest.call("fd_write", 1, 0, 0xffffffff, good + 32)).toBe(errno.invalid);
    expect(guest.stdout).toEqual([]);
  });

  it("does nothing when there is nowhere to put the result", async () => {
    const fs = createMemoryFs();
    const bare = startGuest({ preopens: { "/workspace": fs } });
    const length = bare.put(good, "made");
    expect(await bare.call("path_open", workspace, 0, good, length, 1, 0n, 0n, 0, 0xfffffff0)).toBe(
      errno.fault,
    );
    expect(fs.text("made")).toBeUndefined();
    bare.putVectors(good, [[good + 32, 4]]);
    expect(await bare.call("fd_write", 1, good, 1, 0xfffffff0)).toBe(errno.fault);
    expect(bare.stdout).toEqual([]);
  });

  it("reads addresses above 2 GiB as unsigned", async () => {
    const high = startGuest({ pages: 32_769 });
    const address = 0x80000010;
    expect(await high.call("clock_time_get", 0, 0n, address)).toBe(0);
    expect(high.view().getBigUint64(address, true)).toBe(1_700_000_000_000_000_000n);
    expect(await high.call("clock_time_get", 0, 0n, 0x80010000 - 7)).toBe(errno.fault);
  });

  it("follows the memory when it grows", async () => {
    const end = guest.memory.buffer.byteLength;
    expect(await guest.call("clock_time_get", 0, 0n, end)).toBe(errno.fault);
    guest.memory.grow(1);
    expect(await guest.call("clock_time_get", 0, 0n, end)).toBe(0);
    expect(guest.view().getBigUint64(end, true)).toBe(1_700_000_000_000_000_000n);
  });

  it("writes into the memory as it is after a wait, not as it was before", async () => {
    const fs = createMemoryFs();
    fs.put("f", "late");
    const growing: Guest = startGuest({
      preopens: {
        "/workspace": {
          ...fs,
          read(path, offset, length) {
            growing.memory.grow(1);
            return fs.read(path, offset, length);
          },
        },
      },
    });
    const calls = fileCalls(growing);
    expect(await calls.read(await calls.opened("f"), 10)).toEqual({ errno: 0, text: "late" });
  });

  it("answers EFAULT, and throws nothing, to a call made before there is a memory", () => {
    const wasi = createWasi(recordingOptions().options);
    const started = compileWat(`(module
      (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
      (memory (export "memory") 1) (global (export "errno") (mut i32) (i32.const -1))
      (func $start (global.set 0 (call $random (i32.const 0) (i32.const 8)))) (start $start))`);
    const { exports } = new WebAssembly.Instance(started, importsOf(wasi));
    expect((exports.errno as WebAssembly.Global).value).toBe(errno.fault);
  });

  it("gives a guest that swallows its own exit nothing more", async () => {
    const { options, recorded } = recordingOptions();
    const wasi = createWasi(options);
    const stubborn = compileWat(`(module
      (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
      (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1) (data (i32.const 0) "\\08\\00\\00\\00\\04\\00\\00\\00more")
      (func (export "_start")
        (try (do (call $exit (i32.const 7))) (catch_all))
        (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))`);
    const { exports } = new WebAssembly.Instance(stubborn, importsOf(wasi));
    wasi.bind(exports.memory as WebAssembly.Memory);
    const run = WebAssembly.promising(exports._start as () => void);
    await expect(run()).rejects.toThrow(WasiExit);
    expect(wasi.exitCode).toBe(7);
    expect(recorded.stdout).toEqual([]);
  });

  it("lets a failure of the host reach the caller, and not the guest", async () => {
    const broken = startGuest({
      preopens: {
        "/workspace": { ...createMemoryFs(), stat: () => Promise.reject(new Error("disk on fire")) },
      },
    });
    await expect(fileCalls(broken).stat("f")).rejects.toThrow("disk on fire");
  });

  it("has no sockets, signals or links", async () => {
    guest.put(good, "f");
    expect(await guest.call("sock_accept", 1, 0, good)).toBe(errno.notSocket);
    expect(await guest.call("sock_recv", fileFd, good, 0, 0, good, good)).toBe(errno.notSocket);
    expect(await guest.call("sock_send", 99, good, 0, 0, good)).toBe(errno.badFileDescriptor);
    expect(await guest.call("sock_shutdown", workspace, 1)).toBe(errno.notSocket);
    expect(await guest.call("proc_raise", 9)).toBe(errno.notImplemented);
    expect(await guest.call("path_link", workspace, 0, good, 1, workspace, good, 1)).toBe(errno.notSupported);
    expect(await guest.call("path_symlink", good, 1, workspace, good, 1)).toBe(errno.notSupported);
    expect(await guest.call("path_readlink", workspace, good, 1, good, 8, good)).toBe(errno.invalid);
  });
});
