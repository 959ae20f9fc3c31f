import { describe, expect, it } from "vitest";
import { errno } from "./errno.ts";
import { create, directory, exclusive, fileCalls, truncate } from "./fixtures/files.ts";
import { startGuest } from "./fixtures/guest.ts";
import { createMemoryFs } from "./fixtures/memory-fs.ts";

function workspaceGuest(limits = {}) {
  const fs = createMemoryFs();
  fs.put("f", "file");
  fs.put("dir/inner", "inner");
  fs.put("dir/deep/leaf", "leaf");
  const other = createMemoryFs();
  const guest = startGuest({ preopens: { "/workspace": fs, "/shared": other }, limits });
  return { fs, other, guest, calls: fileCalls(guest) };
}

const outside = [
  "..",
  "../",
  "../f",
  "./..",
  "dir/../..",
  "dir/../../etc/passwd",
  "a/b/../../../x",
  ".//..//f",
  "/",
  "/f",
  "/workspace/f",
  "//f",
  "/../f",
  "dir/./../../f",
];

describe("a path", () => {
  it.each(outside)("that leads outside is never looked up: %s", async (path) => {
    const { fs, calls } = workspaceGuest();
    const before = fs.seen.length;
    expect((await calls.open(path)).errno).toBe(errno.notCapable);
    expect((await calls.open(path, { flags: create })).errno).toBe(errno.notCapable);
    expect((await calls.stat(path)).errno).toBe(errno.notCapable);
    expect(await calls.onPath("path_create_directory", path)).toBe(errno.notCapable);
    expect(await calls.onPath("path_unlink_file", path)).toBe(errno.notCapable);
    expect(await calls.onPath("path_remove_directory", path)).toBe(errno.notCapable);
    expect(await calls.rename("f", path)).toBe(errno.notCapable);
    expect(await calls.rename(path, "g")).toBe(errno.notCapable);
    expect(fs.seen.slice(before)).toEqual([]);
  });

  it("cannot climb out of the directory it starts from, even where its preopen would allow it", async () => {
    const { calls } = workspaceGuest();
    const at = await calls.opened("dir/deep", { flags: directory });
    expect((await calls.open("../inner", { at })).errno).toBe(errno.notCapable);
    expect((await calls.open("leaf", { at })).errno).toBe(0);
    expect((await calls.open("x/../leaf", { at })).errno).toBe(0);
  });

  it.each([
    ["f", "f"],
    ["./f", "f"],
    ["dir//inner", "dir/inner"],
    ["dir/./inner", "dir/inner"],
    ["dir/../f", "f"],
    ["absent/../f", "f"],
    ["dir/deep/../inner", "dir/inner"],
    [".", ""],
    ["dir/", "dir"],
    ["dir/deep/..", "dir"],
    ["...", "..."],
    ["..f", "..f"],
    ["a\\..\\b", "a\\..\\b"],
    ["\ufefff", "\ufefff"],
  ])("is normalised by its text alone: %s", async (path, seen) => {
    const { fs, calls } = workspaceGuest();
    await calls.stat(path);
    expect(fs.seen).toEqual([seen]);
  });

  it("must be UTF-8 without NUL, and neither empty nor too long", async () => {
    const { fs, calls } = workspaceGuest();
    for (const bytes of [[0xff], [0x66, 0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xc3]]) {
      expect((await calls.stat(Uint8Array.from(bytes))).errno).toBe(errno.illegalByteSequence);
    }
    expect((await calls.stat("f\0.txt")).errno).toBe(errno.invalid);
    expect((await calls.stat("")).errno).toBe(errno.notFound);
    expect((await calls.stat("n".repeat(255))).errno).toBe(errno.notFound);
    expect((await calls.stat("n".repeat(256))).errno).toBe(errno.nameTooLong);
    expect((await calls.stat("ü".repeat(128))).errno).toBe(errno.nameTooLong);
    expect(fs.seen).toHaveLength(1);
  });

  it("is bounded as given and as resolved", async () => {
    const { calls } = workspaceGuest({ pathBytes: 8 });
    expect((await calls.stat("./././f")).errno).toBe(0);
    expect((await calls.stat("././././f")).errno).toBe(errno.nameTooLong);
    const at = await calls.opened("dir/deep", { flags: directory });
    expect((await calls.stat("abc", at)).errno).toBe(errno.nameTooLong);
  });

  it("with an absurd length is refused without copying it", async () => {
    const { guest } = workspaceGuest();
    expect(await guest.call("path_unlink_file", 3, 0, 0xffffffff)).toBe(errno.fault);
    expect(await guest.call("path_unlink_file", 3, 0, 200_000)).toBe(errno.nameTooLong);
  });

  it("that ends in a slash is a directory's", async () => {
    const { calls } = workspaceGuest();
    for (const path of ["f/", "f/.", "f//"]) {
      expect((await calls.stat(path)).errno).toBe(errno.notDirectory);
      expect((await calls.open(path)).errno).toBe(errno.notDirectory);
      expect(await calls.onPath("path_unlink_file", path)).toBe(errno.notDirectory);
    }
    expect((await calls.stat("dir/")).errno).toBe(0);
    expect((await calls.open("new/", { flags: create })).errno).toBe(errno.isDirectory);
    expect(await calls.onPath("path_unlink_file", "dir/")).toBe(errno.isDirectory);
    expect(await calls.onPath("path_create_directory", "made/")).toBe(0);
    expect(await calls.rename("f", "g/")).toBe(errno.notDirectory);
    expect(await calls.rename("made/", "made2/")).toBe(0);
    expect(await calls.onPath("path_remove_directory", "made2/")).toBe(0);
  });
});

describe("opening", () => {
  it("makes, keeps, empties and insists as its flags say", async () => {
    const { fs, calls } = workspaceGuest();
    expect((await calls.open("new")).errno).toBe(errno.notFound);
    await calls.opened("new", { flags: create });
    expect(fs.text("new")).toBe("");
    await calls.opened("f", { flags: create });
    expect(fs.text("f")).toBe("file");
    expect((await calls.open("f", { flags: create | exclusive })).errno).toBe(errno.exists);
    await calls.opened("f", { flags: create | truncate });
    expect(fs.text("f")).toBe("");
    await calls.opened("dir/inner", { flags: truncate });
    expect(fs.text("dir/inner")).toBe("");
    expect((await calls.open("no/parent", { flags: create })).errno).toBe(errno.notFound);
    expect((await calls.open("f/child", { flags: create })).errno).toBe(errno.notDirectory);
  });

  it("knows directories from files", async () => {
    const { calls } = workspaceGuest();
    const readOnly = 0x4002n;
    expect((await calls.open("f", { flags: directory })).errno).toBe(errno.notDirectory);
    expect((await calls.open("dir", { rights: readOnly })).errno).toBe(0);
    expect((await calls.open("dir")).errno).toBe(errno.isDirectory);
    expect((await calls.open("dir", { flags: truncate, rights: readOnly })).errno).toBe(errno.isDirectory);
    expect((await calls.open("dir", { flags: create })).errno).toBe(errno.isDirectory);
    expect((await calls.open("dir", { flags: create | exclusive })).errno).toBe(errno.exists);
    expect((await calls.open("dir2", { flags: create | directory })).errno).toBe(errno.invalid);
    expect((await calls.open("f", { at: await calls.opened("f") })).errno).toBe(errno.notDirectory);
  });

  it("refuses flags that do not exist", async () => {
    const { calls } = workspaceGuest();
    expect((await calls.open("f", { flags: 16 })).errno).toBe(errno.invalid);
    expect((await calls.open("f", { descriptorFlags: 32 })).errno).toBe(errno.invalid);
  });

  it("ends when descriptors run out, before anything is made, and goes on when one is closed", async () => {
    const { fs, guest, calls } = workspaceGuest({ openDescriptors: 10 });
    const opened: number[] = [];
    for (;;) {
      const { errno: number, fd } = await calls.open("f");
      if (number !== 0) {
        expect(number).toBe(errno.tooManyOpenFiles);
        break;
      }
      opened.push(fd);
    }
    expect(opened).toEqual([5, 6, 7, 8, 9]);
    expect((await calls.open("never", { flags: create })).errno).toBe(errno.tooManyOpenFiles);
    expect(fs.text("never")).toBeUndefined();
    expect(await guest.call("fd_close", 7)).toBe(0);
    expect((await calls.open("f")).fd).toBe(7);
  });
});

describe("renaming", () => {
  it("replaces a file, and stays within one file system", async () => {
    const { fs, calls } = workspaceGuest();
    expect(await calls.rename("f", "dir/inner")).toBe(0);
    expect(fs.text("dir/inner")).toBe("file");
    expect(fs.text("f")).toBeUndefined();
    expect(await calls.rename("dir/inner", "x", 3, 4)).toBe(errno.crossDevice);
    expect(await calls.rename("absent", "x")).toBe(errno.notFound);
  });

  it("does not put a directory into itself, touch a root or mix kinds", async () => {
    const { calls } = workspaceGuest();
    expect(await calls.rename("dir", "dir/deep/dir")).toBe(errno.invalid);
    expect(await calls.rename("dir", "dir")).toBe(0);
    expect(await calls.rename("dir", ".")).toBe(errno.busy);
    expect(await calls.rename(".", "x")).toBe(errno.busy);
    expect(await calls.rename("f", "dir")).toBe(errno.isDirectory);
    expect(await calls.rename("dir", "f")).toBe(errno.notDirectory);
    expect(await calls.onPath("path_remove_directory", ".")).toBe(errno.busy);
    expect(await calls.onPath("path_create_directory", ".")).toBe(errno.exists);
  });

  it("is followed by what is open, below a moved directory too", async () => {
    const { fs, calls } = workspaceGuest();
    const leaf = await calls.opened("dir/deep/leaf");
    const deep = await calls.opened("dir/deep", { flags: directory });
    expect(await calls.rename("dir", "moved")).toBe(0);
    expect(await calls.write(leaf, "LEAF")).toBe(0);
    expect(fs.text("moved/deep/leaf")).toBe("LEAF");
    expect((await calls.stat("leaf", deep)).errno).toBe(0);
  });
});

describe("what was removed while it was open", () => {
  it("is gone for its descriptor, even when another file takes the name", async () => {
    const { fs, guest, calls } = workspaceGuest();
    const fd = await calls.opened("f");
    expect(await calls.onPath("path_unlink_file", "f")).toBe(0);
    await calls.opened("f", { flags: create });
    expect(await calls.write(fd, "stale")).toBe(errno.notFound);
    expect((await calls.fdStat(fd)).errno).toBe(errno.notFound);
    expect(fs.text("f")).toBe("");
    expect(await guest.call("fd_close", fd)).toBe(0);
  });

  it("is so too when it was replaced by a rename, or was a directory", async () => {
    const { calls } = workspaceGuest();
    const inner = await calls.opened("dir/inner");
    expect(await calls.rename("f", "dir/inner")).toBe(0);
    expect((await calls.read(inner, 10)).errno).toBe(errno.notFound);
    await calls.onPath("path_create_directory", "empty");
    const at = await calls.opened("empty", { flags: directory });
    expect(await calls.onPath("path_remove_directory", "empty")).toBe(0);
    expect((await calls.open("x", { at, flags: create })).errno).toBe(errno.notFound);
    expect((await calls.readdir(at, 100, 0n)).errno).toBe(errno.notFound);
  });
});
