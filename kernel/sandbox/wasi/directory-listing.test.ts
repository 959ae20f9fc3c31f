import { describe, expect, it } from "vitest";
import { errno } from "./errno.ts";
import { type Dirent, directory, fileCalls, parseDirents, workspace } from "./fixtures/files.ts";
import { startGuest } from "./fixtures/guest.ts";
import { createMemoryFs } from "./fixtures/memory-fs.ts";

function guestWith(paths: readonly string[], limits = {}) {
  const fs = createMemoryFs();
  for (const path of paths) fs.put(path, "");
  const guest = startGuest({ preopens: { "/workspace": fs }, limits });
  return { fs, guest, calls: fileCalls(guest) };
}

/** Lists as C libraries do: goes on from the last whole entry, grows the buffer when not one fits. */
async function listAll(calls: ReturnType<typeof fileCalls>, fd: number, length: number): Promise<Dirent[]> {
  const all: Dirent[] = [];
  let cookie = 0n;
  let size = length;
  for (;;) {
    const { errno: number, data } = await calls.readdir(fd, size, cookie);
    expect(number).toBe(0);
    const entries = parseDirents(data);
    all.push(...entries);
    cookie = entries.at(-1)?.next ?? cookie;
    if (data.byteLength < size) return all;
    if (entries.length === 0) size *= 2;
  }
}

describe("fd_readdir", () => {
  it("lists names, kinds and the serial numbers that stat gives, with . and .. first", async () => {
    const { calls } = guestWith(["a", "sub/b", "grüße"]);
    const entries = await listAll(calls, workspace, 4096);
    expect(entries.map(({ name, type, next }) => [name, type, next])).toEqual([
      [".", 3, 1n],
      ["..", 3, 2n],
      ["a", 4, 3n],
      ["sub", 3, 4n],
      ["grüße", 4, 5n],
    ]);
    for (const { name, inode } of entries) {
      if (name !== "..") expect(inode).toBe((await calls.stat(name)).inode);
    }
    const sub = await listAll(calls, await calls.opened("sub", { flags: directory }), 4096);
    expect(sub.map(({ name }) => name)).toEqual([".", "..", "b"]);
    expect(sub[1]?.inode).toBe(entries[0]?.inode);
  });

  it.each([1, 8, 23, 24, 25, 30, 53, 100, 1000])(
    "gives each entry once into a buffer of %d bytes",
    async (length) => {
      const names = Array.from({ length: 40 }, (_, index) => `${"n".repeat(index * 6)}${index}`);
      const { calls } = guestWith(names);
      const entries = await listAll(calls, workspace, length);
      expect(entries.map(({ name }) => name)).toEqual([".", "..", ...names]);
    },
  );

  it("fills the buffer to the brim unless it has come to the end", async () => {
    const { calls } = guestWith(["abc"]);
    const { data } = await calls.readdir(workspace, 4096, 0n);
    expect(data.byteLength).toBe(25 + 26 + 27);
    for (let length = 0; length < data.byteLength; length++) {
      expect((await calls.readdir(workspace, length, 0n)).data).toEqual(data.slice(0, length));
    }
  });

  it("goes on through the directory as it was at the start, and sees changes from cookie 0", async () => {
    const { calls } = guestWith(["a", "b"]);
    await calls.readdir(workspace, 30, 0n);
    await calls.onPath("path_unlink_file", "a");
    await calls.onPath("path_create_directory", "c");
    const names = async (cookie: bigint) =>
      parseDirents((await calls.readdir(workspace, 4096, cookie)).data).map(({ name }) => name);
    expect(await names(2n)).toEqual(["a", "b"]);
    expect(await names(0n)).toEqual([".", "..", "b", "c"]);
    expect(await names(2n)).toEqual(["b", "c"]);
  });

  it("gives nothing for a cookie beyond the end, however absurd", async () => {
    const { calls } = guestWith(["a"]);
    for (const cookie of [3n, 4n, 2n ** 32n, 2n ** 63n, -1n]) {
      expect(await calls.readdir(workspace, 100, cookie)).toEqual({ errno: 0, data: new Uint8Array(0) });
    }
  });

  it("works from any cookie of another descriptor of the same directory", async () => {
    const { calls } = guestWith(["a", "b"]);
    const again = await calls.opened(".", { flags: directory });
    expect(parseDirents((await calls.readdir(again, 100, 3n)).data).map(({ name }) => name)).toEqual(["b"]);
  });

  it("is bounded for one directory, and for all that are being read", async () => {
    const { guest, calls } = guestWith(["a", "b", "c"], { directoryEntries: 3, heldDirectoryEntries: 10 });
    expect((await calls.readdir(workspace, 100, 0n)).errno).toBe(0);
    const second = await calls.opened(".", { flags: directory });
    const third = await calls.opened(".", { flags: directory });
    expect((await calls.readdir(second, 100, 0n)).errno).toBe(0);
    expect((await calls.readdir(third, 100, 0n)).errno).toBe(errno.outOfMemory);
    await guest.call("fd_close", second);
    expect((await calls.readdir(third, 100, 0n)).errno).toBe(0);
    await calls.onPath("path_create_directory", "d");
    expect((await calls.readdir(third, 100, 0n)).errno).toBe(errno.overflow);
  });
});
