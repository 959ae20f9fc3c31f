import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Answer, type House, makeHouse } from "./harness.ts";

let house: House;
beforeEach(() => {
  house = makeHouse();
});
afterEach(() => house[Symbol.dispose]());

const own = (path: string) => join(house.workspace, path);

/** Every operation on a path, each of which would touch what the path leads to. */
const OPERATIONS: readonly (readonly [string, (path: string) => Answer])[] = [
  ["fs.read", (path) => ({ path })],
  ["fs.write", (path) => ({ path, content: "TOUCHED" })],
  ["fs.write", (path) => ({ path, content: "TOUCHED", mode: "append" })],
  ["fs.write", (path) => ({ path, content: "TOUCHED", mode: "create" })],
  ["fs.write", (path) => ({ path, content: "TOUCHED", offset: 0 })],
  ["fs.truncate", (path) => ({ path, size: 0 })],
  ["fs.list", (path) => ({ path })],
  ["fs.search", (path) => ({ path, text: "SECRET" })],
  ["fs.mkdir", (path) => ({ path: `${path}/made` })],
  ["fs.delete", (path) => ({ path: `${path}/plain.txt`, recursive: true })],
  ["fs.move", (path) => ({ from: `${path}/plain.txt`, to: "stolen" })],
  ["fs.move", (path) => ({ from: "own.txt", to: `${path}/planted` })],
];

/** All that lies outside the workspace, as one text. */
function outsideText(): string {
  return execFileSync(
    "find",
    [
      house.base,
      "-path",
      house.workspace,
      "-prune",
      "-o",
      "-printf",
      "%P %y %s\n",
      "-type",
      "f",
      "-exec",
      "cat",
      "{}",
      ";",
    ],
    { encoding: "utf8" },
  );
}

describe("a path that leads out", () => {
  const hostile = [
    "..",
    "../state.db",
    "../manifest.json",
    "a/../../state.db",
    "./../../bob.fwagent/workspace/diary.txt",
    "/workspace/../state.db",
    "/workspace/../../../fieldwork.db",
    "/shared/../fieldwork.db",
    "a\0b",
    "..\0/state.db",
    "\ud800",
    "out",
    "out/plain.txt",
    "out/new.txt",
    "chain/plain.txt",
    "dangling",
    "dangling/x",
    "loop/x",
    "home-link/fieldwork.db",
    "bob/diary.txt",
    "file-link",
    "/etc/passwd",
    "/etc/../etc/passwd",
    "//etc/passwd",
    "/proc/self/root/etc/passwd",
    "/proc/self/environ",
    "/proc/self/fd/0",
    "/proc/self/cwd",
    "/dev/zero",
    "/dev/mem",
    "/sys/kernel",
    ".fieldwork-0123456789abcdef.tmp",
    "x/".repeat(300),
    "x".repeat(300),
  ];

  test.each(hostile)("is refused without a grant, by every operation: %j", async (path) => {
    mkdirSync(own("a"));
    writeFileSync(own("own.txt"), "own");
    symlinkSync(house.outside, own("out"));
    symlinkSync("out", own("chain"));
    symlinkSync(join(house.outside, "nothing"), own("dangling"));
    symlinkSync("loop", own("loop"));
    symlinkSync(house.home, own("home-link"));
    symlinkSync("../../bob.fwagent/workspace", own("bob"));
    symlinkSync("../state.db", own("file-link"));
    const before = outsideText();
    for (const [name, args] of OPERATIONS) {
      const error = await house.refused(name, args(path));
      expect(["denied", "invalid_input", "not_found"], `${name}: ${error.code} ${error.message}`).toContain(
        error.code,
      );
    }
    expect(outsideText()).toBe(before);
  });

  test("names its canonical target in the denial, so that the owner sees what is asked for", async () => {
    symlinkSync(house.outside, own("out"));
    const error = await house.refused("fs.read", { path: "out/plain.txt" });
    expect(error.details).toEqual({ target: join(house.outside, "plain.txt") });
  });

  test("is served where a grant covers the real path, and only there", async () => {
    house.grants.push(house.outside);
    symlinkSync(house.outside, own("out"));
    expect(await house.call("fs.read", { path: "out/plain.txt" })).toMatchObject({ content: "OUTSIDE" });
    await house.call("fs.write", { path: join(house.outside, "new"), content: "x" });
    expect(readFileSync(join(house.outside, "new"), "utf8")).toBe("x");
    symlinkSync("/etc", join(house.outside, "etc"));
    expect((await house.refused("fs.read", { path: join(house.outside, "etc/passwd") })).code).toBe("denied");
    expect((await house.refused("fs.read", { path: join(house.outside, "../home/fieldwork.db") })).code).toBe(
      "denied",
    );
  });

  test("never reaches the home, other agents, processes or devices, however broad the grant", async () => {
    house.grants.push("/", "*");
    symlinkSync(house.home, own("home-link"));
    symlinkSync(house.home, join(house.outside, "home-link"));
    writeFileSync(own("own.txt"), "own");
    const before = outsideText();
    for (const path of [
      house.home,
      join(house.home, "fieldwork.db"),
      join(house.home, "agents/bob.fwagent/workspace/diary.txt"),
      join(house.home, "agents/alice.fwagent/state.db"),
      join(house.home, "agents/new.fwagent/manifest.json"),
      join(house.outside, "home-link/fieldwork.db"),
      "home-link/fieldwork.db",
      "/proc/self/environ",
      `/proc/self/root${house.home}/fieldwork.db`,
      `/proc/${process.pid}/maps`,
      "/dev/zero",
      "/sys/kernel",
    ])
      for (const [name, args] of OPERATIONS) {
        const error = await house.refused(name, args(path));
        expect(error.code, `${name} ${path}: ${error.message}`).toBe("denied");
      }
    for (const path of [house.base, "/"]) {
      expect((await house.refused("fs.delete", { path, recursive: true })).message).toContain("home");
      expect((await house.refused("fs.move", { from: path, to: join(house.outside, "x") })).code).not.toBe(
        "internal",
      );
    }
    const { matches } = await house.call("fs.search", { path: house.base, text: "SECRET" });
    expect(matches).toEqual([]);
    expect(outsideText()).toBe(before);
  });

  test("is the own workspace again when it comes back there by its real path", async () => {
    writeFileSync(own("own.txt"), "own");
    expect(await house.call("fs.read", { path: own("own.txt") })).toMatchObject({ content: "own" });
    symlinkSync(house.workspace, join(house.outside, "back"));
    expect(await house.call("fs.read", { path: join(house.outside, "back/own.txt") })).toMatchObject({
      content: "own",
    });
  });
});

test("the shared folder needs a grant of /shared, and goes by that name only", async () => {
  writeFileSync(join(house.home, "shared/note.txt"), "note");
  expect((await house.refused("fs.read", { path: "/shared/note.txt" })).details).toEqual({
    target: "/shared/note.txt",
  });
  house.grants.push("/shared");
  expect(await house.call("fs.read", { path: "/shared/note.txt" })).toMatchObject({ content: "note" });
  expect(await house.call("fs.search", { path: "/shared" })).toMatchObject({
    matches: [{ path: "/shared/note.txt" }],
  });
  symlinkSync("../fieldwork.db", join(house.home, "shared/db"));
  expect((await house.refused("fs.read", { path: "/shared/db" })).code).toBe("denied");
});

test("pipes, sockets and devices are shown, never opened, and never block", async () => {
  execFileSync("mkfifo", [own("pipe")]);
  const server = createServer().listen(own("socket"));
  await new Promise((listening) => server.once("listening", listening));
  try {
    for (const path of ["pipe", "socket"]) {
      expect((await house.refused("fs.read", { path })).code).toBe("denied");
      expect((await house.refused("fs.write", { path, content: "x" })).code).toBe("denied");
      expect((await house.refused("fs.write", { path, content: "x", mode: "append" })).code).toBe("denied");
      expect((await house.refused("fs.truncate", { path, size: 0 })).code).toBe("denied");
      expect(await house.call("fs.stat", { path })).toMatchObject({ kind: "other" });
    }
    expect(await house.call("fs.search", { text: "x" })).toEqual({ matches: [], truncated: false });
    await house.call("fs.delete", { path: "pipe" });
  } finally {
    server.close();
  }
});

test("look-alikes of dots and slashes are ordinary names", async () => {
  for (const path of ["․․/x", "..∕state.db", "‥/x", "．．/x", "%2e%2e/x", "..\\state.db"]) {
    const folder = path.split("/").slice(0, -1).join("/");
    if (folder !== "") await house.call("fs.mkdir", { path: folder });
    await house.call("fs.write", { path, content: "TOUCHED" });
    expect(await house.call("fs.read", { path })).toMatchObject({ content: "TOUCHED" });
  }
  expect(readFileSync(own("../state.db"), "utf8")).toBe("SECRET");
});

test("whatever is done with whatever path and link, nothing outside the workspace changes or is read", async () => {
  const name = fc.constantFrom(
    "a",
    "b",
    "..",
    ".",
    "",
    "up",
    "out",
    "home",
    "plain.txt",
    "state.db",
    "agents",
    "bob.fwagent",
  );
  const path = fc
    .tuple(fc.constantFrom("", "", "/workspace/", "/", "/shared/"), fc.array(name, { maxLength: 6 }))
    .map(([start, parts]) => start + parts.join("/"));
  const step = fc.tuple(fc.nat(OPERATIONS.length - 1), path);
  const link = fc.tuple(
    fc.constantFrom("a", "b", "up", "out"),
    fc.constantFrom("..", "../..", "../../..", ".", "a", "b", "/", "out", "/tmp"),
  );
  const before = outsideText();
  await fc.assert(
    fc.asyncProperty(
      fc.array(link, { maxLength: 3 }),
      fc.array(step, { maxLength: 8 }),
      async (links, steps) => {
        for (const left of readdirSync(house.workspace)) execFileSync("rm", ["-rf", own(left)]);
        symlinkSync(house.outside, own("out"));
        for (const [at, to] of links)
          try {
            symlinkSync(to, own(at));
          } catch {}
        for (const [operation, where] of steps) {
          const [kind, args] = OPERATIONS[operation] ?? OPERATIONS[0]!;
          const answer = await house
            .call(kind, args(where))
            .catch((error: { code: string; message: string }) => {
              expect(error.code, error.message).not.toBe("internal");
              return undefined;
            });
          expect(JSON.stringify(answer ?? "")).not.toMatch(/SECRET|OUTSIDE/);
        }
        expect(outsideText()).toBe(before);
      },
    ),
    { numRuns: 60 },
  );
});

test("a folder that a program swaps for a link while files are written lets nothing out", async () => {
  mkdirSync(own("real"));
  mkdirSync(own("d"));
  const swapper = spawn(process.execPath, [
    "-e",
    `const fs = require("fs"); process.chdir(${JSON.stringify(house.workspace)});
     const end = Date.now() + 1500;
     while (Date.now() < end) {
       fs.renameSync("d", "kept"); fs.symlinkSync(${JSON.stringify(house.outside)}, "d");
       fs.unlinkSync("d"); fs.renameSync("kept", "d");
     }`,
  ]);
  let running = true;
  swapper.once("exit", () => {
    running = false;
  });
  let written = 0;
  while (running) {
    await Promise.all(
      [
        house.call("fs.write", { path: "d/plain.txt", content: "TOUCHED" }),
        house.call("fs.write", { path: "d/new.txt", content: "TOUCHED", mode: "append" }),
        house.call("fs.delete", { path: "d/plain.txt" }),
        house.call("fs.mkdir", { path: "d/made/deep" }),
        house.call("fs.read", { path: "d/plain.txt" }).then(({ content }) => expect(content).toBe("TOUCHED")),
      ].map((one) =>
        one.then(
          () => written++,
          (error: { code: string; message: string }) => {
            expect(["denied", "conflict", "not_found", "invalid_input"], error.message).toContain(error.code);
          },
        ),
      ),
    );
  }
  expect(written).toBeGreaterThan(0);
  expect(readdirSync(house.outside)).toEqual(["plain.txt"]);
  expect(readFileSync(join(house.outside, "plain.txt"), "utf8")).toBe("OUTSIDE");
});
