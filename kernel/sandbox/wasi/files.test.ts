import { describe, expect, it } from "vitest";
import { errno } from "./errno.ts";
import { append, create, directory, everyRight, fileCalls, workspace } from "./fixtures/files.ts";
import { type GuestSettings, startGuest } from "./fixtures/guest.ts";
import { createMemoryFs } from "./fixtures/memory-fs.ts";
import { fileRights, rights } from "./rights.ts";

function guestWithFile(text: string, settings: GuestSettings = {}) {
  const fs = createMemoryFs();
  fs.put("f", text);
  const guest = startGuest({ preopens: { "/workspace": fs }, ...settings });
  return { fs, guest, calls: fileCalls(guest) };
}

describe("reading and writing a file", () => {
  it("moves the position, and reads nothing at the end", async () => {
    const { fs, calls } = guestWithFile("0123456789");
    const fd = await calls.opened("f");
    expect(await calls.read(fd, 4)).toEqual({ errno: 0, text: "0123" });
    expect(await calls.write(fd, "ab")).toBe(0);
    expect(await calls.tell(fd)).toBe(6n);
    expect(await calls.read(fd, 100)).toEqual({ errno: 0, text: "6789" });
    expect(await calls.read(fd, 100)).toEqual({ errno: 0, text: "" });
    expect(fs.text("f")).toBe("0123ab6789");
  });

  it("at an offset leaves the position alone", async () => {
    const { fs, calls } = guestWithFile("0123456789");
    const fd = await calls.opened("f", { descriptorFlags: append });
    expect(await calls.pread(fd, 3, 5n)).toEqual({ errno: 0, text: "567" });
    expect(await calls.pwrite(fd, "xyz", 1n)).toBe(0);
    expect(await calls.tell(fd)).toBe(0n);
    expect(fs.text("f")).toBe("0xyz456789");
  });

  it("appends at the end as it is at that moment", async () => {
    const { fs, guest, calls } = guestWithFile("ab");
    const appending = await calls.opened("f", { descriptorFlags: append });
    const other = await calls.opened("f");
    await calls.write(appending, "1");
    await calls.seek(other, 0n, 2);
    await calls.write(other, "2");
    await calls.write(appending, "3");
    expect(fs.text("f")).toBe("ab123");
    expect(await calls.tell(appending)).toBe(5n);
    expect(await guest.call("fd_fdstat_set_flags", appending, 0)).toBe(0);
    await calls.seek(appending, 0n, 0);
    await calls.write(appending, "X");
    expect(fs.text("f")).toBe("Xb123");
  });

  it("is done in part beyond the limit of one call, with one call to the file system", async () => {
    const requests: number[] = [];
    const fs = createMemoryFs();
    fs.put("f", "0123456789");
    const counting = {
      ...fs,
      read(path: string, offset: number, length: number) {
        requests.push(length);
        return fs.read(path, offset, length);
      },
    };
    const guest = startGuest({ preopens: { "/workspace": counting }, limits: { ioBytes: 4 } });
    const calls = fileCalls(guest);
    const fd = await calls.opened("f");
    expect((await calls.read(fd, 100_000)).text).toBe("0123");
    expect(await calls.write(fd, "abcdefgh")).toBe(0);
    expect(fs.text("f")).toBe("0123abcd89");
    expect(requests).toEqual([4]);
  });

  it("scatters over buffers, empty ones too", async () => {
    const { guest, calls } = guestWithFile("abcdef");
    const fd = await calls.opened("f");
    guest.putVectors(0x100, [
      [0x400, 1],
      [0, 0],
      [0x500, 3],
      [0x600, 10],
    ]);
    expect(await guest.call("fd_read", fd, 0x100, 4, 0x80)).toBe(0);
    expect(guest.view().getUint32(0x80, true)).toBe(6);
    const parts = [guest.bytes(0x400, 1), guest.bytes(0x500, 3), guest.bytes(0x600, 2)];
    expect(parts.map((part) => Buffer.from(part).toString())).toEqual(["a", "bcd", "ef"]);
  });

  it("trusts no file system that gives more than was asked", async () => {
    const fs = createMemoryFs();
    fs.put("f", "");
    const generous = { ...fs, read: async () => Buffer.from("much too much") };
    const calls = fileCalls(startGuest({ preopens: { "/workspace": generous } }));
    expect(await calls.read(await calls.opened("f"), 4)).toEqual({ errno: 0, text: "much" });
  });

  it("refuses offsets that no file has", async () => {
    const { calls } = guestWithFile("x");
    const fd = await calls.opened("f");
    expect((await calls.pread(fd, 1, 2n ** 63n)).errno).toBe(errno.invalid);
    expect(await calls.pwrite(fd, "x", -1n)).toBe(errno.fileTooLarge);
    expect(await calls.pwrite(fd, "xx", BigInt(Number.MAX_SAFE_INTEGER))).toBe(errno.fileTooLarge);
    expect(await calls.pwrite(fd, "x", 2n ** 40n)).toBe(errno.fileTooLarge);
  });

  it("is not possible on a directory", async () => {
    const { guest, calls } = guestWithFile("x");
    expect((await calls.read(workspace, 1)).errno).toBe(errno.isDirectory);
    expect(await calls.write(workspace, "x")).toBe(errno.isDirectory);
    expect((await calls.seek(workspace, 0n, 0)).errno).toBe(errno.isDirectory);
    expect(await guest.call("fd_filestat_set_size", workspace, 0n)).toBe(errno.isDirectory);
  });
});

describe("seeking", () => {
  it("goes from the start, the position and the end, and beyond it", async () => {
    const { fs, calls } = guestWithFile("0123456789");
    const fd = await calls.opened("f");
    expect(await calls.seek(fd, 4n, 0)).toEqual({ errno: 0, position: 4n });
    expect(await calls.seek(fd, -3n, 1)).toEqual({ errno: 0, position: 1n });
    expect(await calls.seek(fd, -2n, 2)).toEqual({ errno: 0, position: 8n });
    expect(await calls.seek(fd, 2n, 2)).toEqual({ errno: 0, position: 12n });
    expect((await calls.read(fd, 1)).text).toBe("");
    await calls.write(fd, "!");
    expect(fs.text("f")).toBe("0123456789\0\0!");
  });

  it("stays where it is when there is no such place", async () => {
    const { calls } = guestWithFile("0123456789");
    const fd = await calls.opened("f");
    await calls.seek(fd, 5n, 0);
    expect((await calls.seek(fd, -6n, 1)).errno).toBe(errno.invalid);
    expect((await calls.seek(fd, 2n ** 63n - 1n, 1)).errno).toBe(errno.invalid);
    expect((await calls.seek(fd, 0n, 3)).errno).toBe(errno.invalid);
    expect(await calls.tell(fd)).toBe(5n);
  });
});

describe("attributes", () => {
  it("are laid out as a filestat", async () => {
    const { calls } = guestWithFile("0123456789");
    const time = 1_700_000_000_123_500_000n;
    const { inode, ...rest } = await calls.stat("f");
    expect(rest).toEqual({
      errno: 0,
      device: 1n,
      type: 4,
      links: 1n,
      size: 10n,
      accessTime: time,
      modificationTime: time,
      changeTime: time,
    });
    expect(inode).not.toBe(0n);
    expect((await calls.fdStat(await calls.opened("f"))).inode).toBe(inode);
    expect(await calls.stat(".")).toMatchObject({ type: 3, size: 0n });
  });

  it("can change a size, and nothing else", async () => {
    const { fs, guest, calls } = guestWithFile("0123456789");
    const fd = await calls.opened("f");
    expect(await guest.call("fd_filestat_set_size", fd, 3n)).toBe(0);
    expect(fs.text("f")).toBe("012");
    expect(await guest.call("fd_filestat_set_size", fd, 5n)).toBe(0);
    expect(fs.text("f")).toBe("012\0\0");
    expect(await guest.call("fd_filestat_set_size", fd, 2n ** 63n)).toBe(errno.fileTooLarge);
    expect(await guest.call("fd_allocate", fd, 0n, 100n)).toBe(errno.notSupported);
    expect(await guest.call("fd_filestat_set_times", fd, 1n, 1n, 0)).toBe(0);
    expect(await guest.call("fd_filestat_set_times", fd, 1n, 1n, 5)).toBe(errno.notSupported);
    expect(await guest.call("fd_filestat_set_times", fd, 1n, 1n, 3)).toBe(errno.invalid);
    expect(await guest.call("fd_filestat_set_times", fd, 1n, 1n, 16)).toBe(errno.invalid);
    guest.put(0, "fg");
    expect(await guest.call("path_filestat_set_times", 3, 0, 0, 1, 1n, 1n, 4)).toBe(errno.notSupported);
    expect(await guest.call("path_filestat_set_times", 3, 0, 1, 1, 1n, 1n, 4)).toBe(errno.notFound);
  });
});

describe("descriptors", () => {
  it("of preopened directories tell their names, and come first", async () => {
    const settings = { preopens: { "/workspace": createMemoryFs(), "/shared": createMemoryFs() } };
    const guest = startGuest(settings);
    for (const [fd, name] of [
      [3, "/workspace"],
      [4, "/shared"],
    ] as const) {
      expect(await guest.call("fd_prestat_get", fd, 0)).toBe(0);
      expect([...guest.bytes(0, 8)]).toEqual([0, 0, 0, 0, name.length, 0, 0, 0]);
      expect(await guest.call("fd_prestat_dir_name", fd, 64, name.length)).toBe(0);
      expect(Buffer.from(guest.bytes(64, name.length + 1)).toString()).toBe(`${name}\0`);
      expect(await guest.call("fd_prestat_dir_name", fd, 64, name.length - 1)).toBe(errno.nameTooLong);
      guest.put(64, new Uint8Array(16));
    }
    for (const fd of [0, 5, 0xffffffff])
      expect(await guest.call("fd_prestat_get", fd, 0)).toBe(errno.badFileDescriptor);
  });

  it("have the rights that were asked for, passed on and meaningful", async () => {
    const { guest, calls } = guestWithFile("x");
    const root = await calls.fdstat(workspace);
    expect(root.type).toBe(3);
    expect(root.inheriting & BigInt(fileRights)).toBe(BigInt(fileRights));
    const all = await calls.fdstat(await calls.opened("f", { rights: 2n ** 64n - 1n }));
    expect(all).toEqual({ errno: 0, type: 4, flags: 0, base: BigInt(fileRights), inheriting: 0n });
    const reading = await calls.opened("f", { rights: BigInt(rights.fdRead) });
    expect((await calls.fdstat(reading)).base).toBe(BigInt(rights.fdRead));
    expect(await calls.write(reading, "y")).toBe(errno.notCapable);
    expect((await calls.pread(reading, 1, 0n)).errno).toBe(errno.notCapable);
    expect(await guest.call("fd_filestat_set_size", reading, 0n)).toBe(errno.notCapable);
    expect((await calls.fdStat(reading)).errno).toBe(errno.notCapable);
    expect(await guest.call("fd_tell", reading, 0)).toBe(errno.notCapable);
  });

  it("can give rights up, for good, and for what is opened through them", async () => {
    const { guest, calls } = guestWithFile("x");
    const { base } = await calls.fdstat(workspace);
    const without = base & ~BigInt(rights.pathUnlinkFile | rights.pathCreateFile);
    const readOnly = BigInt(rights.fdRead | rights.fdSeek);
    expect(await guest.call("fd_fdstat_set_rights", workspace, without, readOnly)).toBe(0);
    expect(await calls.onPath("path_unlink_file", "f")).toBe(errno.notCapable);
    expect((await calls.open("g", { flags: create })).errno).toBe(errno.notCapable);
    expect((await calls.fdstat(await calls.opened("f"))).base).toBe(readOnly);
    expect(await guest.call("fd_fdstat_set_rights", workspace, base, readOnly)).toBe(errno.notCapable);
    expect(await guest.call("fd_fdstat_set_rights", workspace, without, everyRight)).toBe(errno.notCapable);
    expect(await guest.call("fd_fdstat_set_rights", workspace, 2n ** 63n, 0n)).toBe(errno.notCapable);
  });

  it("can be renumbered over another, which is closed", async () => {
    const { guest, calls } = guestWithFile("text");
    const from = await calls.opened("f");
    const to = await calls.opened("f");
    await calls.read(from, 2);
    expect(await guest.call("fd_renumber", from, to)).toBe(0);
    expect(await calls.tell(to)).toBe(2n);
    expect(await guest.call("fd_close", from)).toBe(errno.badFileDescriptor);
    expect(await guest.call("fd_renumber", to, from)).toBe(errno.badFileDescriptor);
    expect(await guest.call("fd_renumber", to, to)).toBe(0);
    expect(await guest.call("fd_renumber", to, 1)).toBe(0);
    expect(await calls.write(1, "!!")).toBe(0);
    expect(guest.stdout).toEqual([]);
  });

  it("take flags, syncing and advice", async () => {
    const { guest, calls } = guestWithFile("x");
    const fd = await calls.opened("f", { descriptorFlags: 4 });
    expect((await calls.fdstat(fd)).flags).toBe(4);
    expect(await guest.call("fd_fdstat_set_flags", fd, 0x15)).toBe(0);
    expect((await calls.fdstat(fd)).flags).toBe(0x15);
    expect(await guest.call("fd_fdstat_set_flags", fd, 0x20)).toBe(errno.invalid);
    expect(await guest.call("fd_sync", fd)).toBe(0);
    expect(await guest.call("fd_datasync", fd)).toBe(0);
    expect(await guest.call("fd_sync", workspace)).toBe(0);
    expect(await guest.call("fd_advise", fd, 0n, 0n, 5)).toBe(0);
    expect(await guest.call("fd_advise", fd, 0n, 0n, 6)).toBe(errno.invalid);
    expect(await guest.call("fd_advise", 1, 0n, 0n, 0)).toBe(errno.notSeekable);
  });

  it("that never were are not there", async () => {
    const { guest, calls } = guestWithFile("x");
    for (const fd of [99, 0x7fffffff, 0xffffffff]) {
      expect((await calls.read(fd, 1)).errno).toBe(errno.badFileDescriptor);
      expect((await calls.open("f", { at: fd, flags: directory })).errno).toBe(errno.badFileDescriptor);
      expect(await guest.call("fd_close", fd)).toBe(errno.badFileDescriptor);
      expect(await guest.call("fd_renumber", fd, 1)).toBe(errno.badFileDescriptor);
    }
  });
});
