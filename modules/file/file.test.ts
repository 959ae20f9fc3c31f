import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type House, makeHouse } from "./harness.ts";

let house: House;
beforeEach(() => {
  house = makeHouse();
});
afterEach(() => house[Symbol.dispose]());

const own = (path: string) => join(house.workspace, path);

describe("fs.read", () => {
  test("reads a whole file or a range, and says whether more follows", async () => {
    writeFileSync(own("a.txt"), "hello world");
    expect(await house.call("fs.read", { path: "a.txt" })).toEqual({
      content: "hello world",
      encoding: "utf8",
      size: 11,
      truncated: false,
    });
    expect(await house.call("fs.read", { path: "/workspace/a.txt", offset: 6, length: 3 })).toMatchObject({
      content: "wor",
      truncated: true,
    });
    expect(await house.call("fs.read", { path: "a.txt", offset: 99 })).toMatchObject({
      content: "",
      truncated: false,
    });
    expect(await house.call("fs.read", { path: "a.txt", offset: 6, encoding: "base64" })).toMatchObject({
      content: btoa("world"),
    });
  });

  test("marks a character that the range cuts, and refuses bytes that are no UTF-8", async () => {
    writeFileSync(own("u.txt"), "aü😀b");
    expect((await house.call("fs.read", { path: "u.txt", length: 2 })).content).toBe("a\ufffd");
    expect((await house.call("fs.read", { path: "u.txt", offset: 2, length: 3 })).content).toBe(
      "\ufffd\ufffd",
    );
    expect((await house.call("fs.read", { path: "u.txt", offset: 3 })).content).toBe("😀b");
    writeFileSync(own("bad"), Buffer.from([0x61, 0xff, 0x62]));
    const error = await house.refused("fs.read", { path: "bad" });
    expect([error.code, error.remedy]).toEqual(["invalid_input", expect.stringContaining("base64")]);
    writeFileSync(own("cut"), Buffer.from([0x61, 0xc3]));
    expect((await house.refused("fs.read", { path: "cut" })).code).toBe("invalid_input");
  });

  test("gives 4 MiB at most", async () => {
    writeFileSync(own("big"), "");
    truncateSync(own("big"), 9_000_000);
    const { content, size, truncated } = await house.call("fs.read", { path: "big" });
    expect([(content as string).length, size, truncated]).toEqual([4_194_304, 9_000_000, true]);
  });

  test("tells in plain words what is not there or is a folder", async () => {
    mkdirSync(own("d"));
    writeFileSync(own("f"), "");
    expect(await house.refused("fs.read", { path: "none" })).toMatchObject({
      code: "not_found",
      message: "/workspace/none does not exist.",
    });
    expect((await house.refused("fs.read", { path: "f/x" })).code).toBe("not_found");
    expect((await house.refused("fs.read", { path: "d" })).code).toBe("invalid_input");
  });
});

describe("fs.write", () => {
  test("replaces, appends, creates and writes at an offset", async () => {
    expect(await house.call("fs.write", { path: "a", content: "äb" })).toEqual({ bytes: 3 });
    await house.call("fs.write", { path: "a", content: "c", mode: "append" });
    await house.call("fs.write", { path: "a", content: btoa("X"), encoding: "base64", offset: 2 });
    expect(readFileSync(own("a"), "utf8")).toBe("äXc");
    await house.call("fs.write", { path: "new", content: "1", mode: "append" });
    expect((await house.refused("fs.write", { path: "new", content: "", mode: "create" })).code).toBe(
      "conflict",
    );
    await house.call("fs.write", { path: "newer", content: "2", mode: "create" });
    expect((await house.refused("fs.write", { path: "none", content: "", offset: 0 })).code).toBe(
      "not_found",
    );
    expect((await house.refused("fs.write", { path: "no/folder", content: "" })).code).toBe("not_found");
    expect(readdirSync(house.workspace).sort()).toEqual(["a", "new", "newer"]);
  });

  test("keeps the mode of a file it replaces and leaves nothing beside it", async () => {
    writeFileSync(own("tool.sh"), "old", { mode: 0o750 });
    await house.call("fs.write", { path: "tool.sh", content: "new" });
    expect(statSync(own("tool.sh")).mode & 0o777).toBe(0o750);
    expect(readdirSync(house.workspace)).toEqual(["tool.sh"]);
  });

  test("never shows half of a replaced file to a reader", async () => {
    const one = "1".repeat(300_000);
    const two = "2".repeat(300_000);
    await house.call("fs.write", { path: "a", content: one });
    let writing = true;
    const writer = (async () => {
      for (let i = 0; i < 20; i++) await house.call("fs.write", { path: "a", content: i % 2 ? one : two });
      writing = false;
    })();
    while (writing) {
      const { content } = await house.call("fs.read", { path: "a" });
      expect(content === one || content === two).toBe(true);
    }
    await writer;
  });

  test("loses nothing that is appended side by side, also to a file that is not there yet", async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        house.call("fs.write", { path: "log", content: `${i}\n`, mode: "append" }),
      ),
    );
    const lines = readFileSync(own("log"), "utf8").trim().split("\n").map(Number);
    expect(lines.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test("sweeps away what a process that was killed left half written, and never shows it", async () => {
    const left = ".fieldwork-0123456789abcdef.tmp";
    mkdirSync(own("d"));
    writeFileSync(own(`d/${left}`), "half");
    expect(await house.call("fs.list", { path: "d" })).toMatchObject({ entries: [] });
    utimesSync(own(`d/${left}`), 1, 1);
    await house.call("fs.write", { path: "a", content: "" });
    expect(readdirSync(own("d"))).toEqual([]);
    writeFileSync(own(`d/${left}`), "half");
    await house.call("fs.delete", { path: "d", recursive: true });
    expect(readdirSync(house.workspace)).toEqual(["a"]);
  });

  test("refuses what is no base64 and half a character", async () => {
    expect((await house.refused("fs.write", { path: "a", content: "!", encoding: "base64" })).code).toBe(
      "invalid_input",
    );
    expect((await house.refused("fs.write", { path: "a", content: "\ud800" })).code).toBe("invalid_input");
    expect(readdirSync(house.workspace)).toEqual([]);
  });
});

describe("folders", () => {
  test("are made with those above them, listed by name, moved and deleted", async () => {
    await house.call("fs.mkdir", { path: "a/b/c" });
    await house.call("fs.mkdir", { path: "a/b/c" });
    await house.call("fs.write", { path: "a/b/z.txt", content: "12345" });
    expect(await house.call("fs.list", { path: "a/b" })).toMatchObject({
      entries: [
        { name: "c", kind: "directory", size: 0 },
        { name: "z.txt", kind: "file", size: 5 },
      ],
      truncated: false,
    });
    expect(await house.call("fs.list", { path: "a/b", limit: 1 })).toMatchObject({ truncated: true });
    await house.call("fs.move", { from: "a/b", to: "moved" });
    expect(await house.call("fs.stat", { path: "moved/z.txt" })).toMatchObject({
      found: true,
      kind: "file",
      size: 5,
    });
    expect(await house.call("fs.stat", { path: "a/b" })).toEqual({ found: false });
    expect((await house.refused("fs.delete", { path: "moved" })).code).toBe("conflict");
    await house.call("fs.delete", { path: "moved", recursive: true });
    await house.call("fs.delete", { path: "a" });
    expect(readdirSync(house.workspace)).toEqual([]);
  });

  test("refuses to move over what exists, into itself, or to delete the workspace", async () => {
    await house.call("fs.mkdir", { path: "d" });
    await house.call("fs.write", { path: "a", content: "a" });
    await house.call("fs.write", { path: "b", content: "b" });
    expect((await house.refused("fs.move", { from: "a", to: "b" })).code).toBe("conflict");
    await house.call("fs.move", { from: "a", to: "b", overwrite: true });
    expect(readFileSync(own("b"), "utf8")).toBe("a");
    expect((await house.refused("fs.move", { from: "d", to: "d/e" })).code).toBe("invalid_input");
    expect((await house.refused("fs.move", { from: "none", to: "x" })).code).toBe("not_found");
    for (const path of ["", "/", "/workspace", "d/.."])
      expect(["invalid_input", "denied"]).toContain(
        (await house.refused("fs.delete", { path, recursive: true })).code,
      );
    expect((await house.refused("fs.mkdir", { path: "b/c" })).code).toBe("conflict");
  });

  test("deletes and moves a link itself, not what it leads to", async () => {
    symlinkSync(house.outside, own("link"));
    await house.call("fs.move", { from: "link", to: "renamed" });
    await house.call("fs.delete", { path: "renamed", recursive: true });
    expect(readdirSync(house.workspace)).toEqual([]);
    expect(readdirSync(house.outside)).toEqual(["plain.txt"]);
  });

  test("empties a folder without following the links in it", async () => {
    await house.call("fs.mkdir", { path: "d/e" });
    symlinkSync(house.outside, own("d/e/out"));
    await house.call("fs.delete", { path: "d", recursive: true });
    expect(readdirSync(house.outside)).toEqual(["plain.txt"]);
  });
});

describe("fs.search", () => {
  beforeEach(async () => {
    await house.call("fs.mkdir", { path: "src/deep" });
    await house.call("fs.write", { path: "src/a.ts", content: "one\ntwo needle\nthree\nneedle needle\n" });
    await house.call("fs.write", { path: "src/deep/b.js", content: "needle" });
    await house.call("fs.write", { path: "src/Needle.bin", content: "\0needle" });
    symlinkSync(house.outside, own("out"));
  });

  test("finds files by pattern", async () => {
    const paths = async (args: Record<string, unknown>) =>
      ((await house.call("fs.search", args)).matches as { path: string }[]).map((match) => match.path);
    expect(await paths({})).toEqual(["src/Needle.bin", "src/a.ts", "src/deep/b.js"]);
    expect(await paths({ glob: "*.{ts,js}" })).toEqual(["src/a.ts", "src/deep/b.js"]);
    expect(await paths({ glob: "src/*.ts" })).toEqual(["src/a.ts"]);
    expect(await paths({ path: "src", glob: "*/b.js" })).toEqual(["src/deep/b.js"]);
    expect(await paths({ path: "/workspace/src/deep" })).toEqual(["src/deep/b.js"]);
  });

  test("finds lines, once each, and leaves binary files out", async () => {
    expect(await house.call("fs.search", { text: "needle" })).toEqual({
      matches: [
        { path: "src/a.ts", line: 2, text: "two needle" },
        { path: "src/a.ts", line: 4, text: "needle needle" },
        { path: "src/deep/b.js", line: 1, text: "needle" },
      ],
      truncated: false,
    });
    expect(await house.call("fs.search", { text: "needle", limit: 1 })).toMatchObject({ truncated: true });
    expect((await house.call("fs.search", { text: "\n", glob: "a.ts" })).matches).toHaveLength(4);
  });

  test("shows of a long line the part around what was found", async () => {
    await house.call("fs.write", {
      path: "long",
      content: `${"x".repeat(10_000)}needle${"y".repeat(10_000)}`,
    });
    const { matches } = await house.call("fs.search", { text: "needle", glob: "long" });
    const [match] = matches as { text: string }[];
    expect(match?.text).toContain("needle");
    expect(match?.text.length).toBeLessThanOrEqual(500);
  });
});

describe("quotas", () => {
  test("names the setting that is reached, and frees what is deleted", async () => {
    house.settings["file.workspace_max_bytes"] = 100;
    house.settings["file.workspace_max_files"] = 3;
    await house.call("fs.write", { path: "a", content: "x".repeat(90) });
    for (const args of [
      { path: "b", content: "x".repeat(11) },
      { path: "a", content: "x".repeat(11), mode: "append" },
      { path: "a", content: "x".repeat(101) },
      { path: "a", content: "x", offset: 100 },
    ])
      expect(await house.refused("fs.write", args)).toMatchObject({
        code: "too_large",
        details: { setting: "file.workspace_max_bytes", limit: 100 },
      });
    expect((await house.refused("fs.truncate", { path: "a", size: 101 })).code).toBe("too_large");
    await house.call("fs.write", { path: "a", content: "x".repeat(100) });
    await house.call("fs.delete", { path: "a" });
    await house.call("fs.mkdir", { path: "d/e/f" });
    expect((await house.refused("fs.mkdir", { path: "g" })).details).toMatchObject({
      setting: "file.workspace_max_files",
    });
    await house.call("fs.delete", { path: "d", recursive: true });
    await house.call("fs.write", { path: "b", content: "x".repeat(100) });
    expect(readdirSync(house.workspace)).toEqual(["b"]);
  });

  test("counts what was there before, and what comes from outside", async () => {
    house.settings["file.workspace_max_bytes"] = 10;
    mkdirSync(own("d"));
    appendFileSync(own("d/old"), "x".repeat(8));
    expect((await house.refused("fs.write", { path: "a", content: "xxx" })).code).toBe("too_large");
    house.grants.push(house.outside);
    expect((await house.refused("fs.move", { from: join(house.outside, "plain.txt"), to: "p" })).code).toBe(
      "too_large",
    );
    expect(readdirSync(house.outside)).toEqual(["plain.txt"]);
    await house.call("fs.move", { from: "d/old", to: join(house.outside, "old") });
    await house.call("fs.move", { from: join(house.outside, "plain.txt"), to: "p" });
    expect(readdirSync(house.outside)).toEqual(["old"]);
  });
});
