import { linkSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until, writeModule } from "../support/system.ts";
import { type Arena, homeHolds, openArena } from "./arena.ts";
import { ATTACK, type Attack, manifestOf, script } from "./attack.ts";
import { guest } from "./wat.ts";

const TREASURE = "the neighbour's treasure 7f3a";
const FORBIDDEN = ["denied", "invalid_input", "not_found"];

const climber: Attack = {
  id: "climber",
  attempt: "every path that leads out of the workspace",
  files: script(
    `const told = [];
    for (const [cap, arguments_] of args.calls) {
      try { told.push({ ok: true, result: await host.call(cap, arguments_) }); }
      catch (error) { told.push({ ok: false, ...tell(error) }); }
    }
    return told;`,
  ),
  ends: ["reply"],
};
const neighbour: Attack = { ...climber, id: "neighbour" };

/** Opens paths through WASI, from the preopened folder, and prints the error numbers. */
const wasiPaths = [
  "../../neighbour.fwagent/workspace/treasure.txt",
  "/etc/passwd",
  "./../state.db",
  "a/../../manifest.json",
];
const wasi: Attack = {
  id: "wasi-climber",
  attempt: "climbing out through WASI",
  files: guest({
    imports: `(import "wasi_snapshot_preview1" "path_open"
        (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
      (import "wasi_snapshot_preview1" "path_symlink" (func $symlink (param i32 i32 i32 i32 i32) (result i32)))`,
    run: `${wasiPaths
      .map((path, n) => {
        const at = 1024 + wasiPaths.slice(0, n).join("").length;
        return `(i32.store8 (i32.const ${40_000 + n}) (i32.add (i32.const 48) (i32.ne (i32.const 0)
          (call $open (i32.const 3) (i32.const 1) (i32.const ${at}) (i32.const ${path.length}) (i32.const 0)
            (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 900)))))`;
      })
      .join("\n")}
      (i32.store8 (i32.const ${40_000 + wasiPaths.length}) (i32.add (i32.const 48) (i32.ne (i32.const 0)
        (call $symlink (i32.const ${1024 + (wasiPaths[0] as string).length}) (i32.const 11) (i32.const 3) (i32.const 1024) (i32.const 4)))))
      (call $write (i32.const 1) (i32.const 40000) (i32.const ${wasiPaths.length + 1}))`,
    data: wasiPaths.join(""),
  }),
  ends: ["reply"],
};

interface Told {
  readonly ok: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly result?: Record<string, unknown>;
}

let arena: Arena;
const climb = (...calls: readonly (readonly [string, unknown])[]): Promise<Told[]> =>
  arena.reply<Told[]>("climber", { calls } as never);

beforeAll(async () => {
  arena = await openArena([climber, neighbour, wasi]);
  await arena.reply("neighbour", {
    calls: [["fs.write", { path: "treasure.txt", content: TREASURE }]],
  } as never);
});
afterAll(() => arena.end());

describe("a module's files end where its workspace ends:", () => {
  const outside = (home: string): string[] => [
    "../state.db",
    "..",
    "../../neighbour.fwagent/workspace/treasure.txt",
    "a/b/../../../../neighbour.fwagent/workspace/treasure.txt",
    "/workspace/../manifest.json",
    "/workspace/../../neighbour.fwagent/workspace/treasure.txt",
    "//workspace/../neighbour.fwagent",
    "./././../manifest.json",
    "/etc/passwd",
    "/proc/self/environ",
    "/proc/self/root/etc/passwd",
    "/dev/stdin",
    "/shared/../agents/neighbour.fwagent/workspace/treasure.txt",
    join(home, "master.key"),
    join(home, "run/token"),
    join(home, "agents/neighbour.fwagent/workspace/treasure.txt"),
    "workspace\0/../treasure.txt",
    "..\\..\\neighbour.fwagent\\workspace\\treasure.txt",
    "..%2f..%2fneighbour.fwagent/workspace/treasure.txt",
    "\u2025/\u2025/neighbour.fwagent/workspace/treasure.txt",
    "\uff0e\uff0e/\uff0e\uff0e/neighbour.fwagent/workspace/treasure.txt",
    "..\u2044..\u2044neighbour.fwagent\u2044workspace\u2044treasure.txt",
    "..\u2215..\u2215neighbour.fwagent",
    ".\u200b./.\u200b./neighbour.fwagent/workspace/treasure.txt",
    "\ud800/../treasure.txt",
    "/Workspace/../neighbour.fwagent",
    "/WORKSPACE/../../master.key",
    "~/.fieldwork/master.key",
    "file:///etc/passwd",
    "",
    "x".repeat(5000),
    `${"a/".repeat(2000)}b`,
    "../".repeat(500),
  ];

  test("no spelling of a path reads, lists, writes, moves or deletes outside of it", async () => {
    const { home } = arena.system;
    for (const path of outside(home)) {
      const told = await climb(
        ["fs.read", { path }],
        ["fs.write", { path: path === "" ? "../x" : path, content: "mine", mode: "create" }],
        ["fs.move", { from: path, to: "stolen.txt" }],
        ["fs.search", { path, text: "treasure", pattern: "treasure" }],
      );
      for (const one of told) {
        expect(JSON.stringify(one), path).not.toContain(TREASURE);
        if (one.ok && one.result)
          expect(JSON.stringify(one.result), path).not.toMatch(/root:|PATH=|manifest\.json/);
      }
      expect(FORBIDDEN, `${JSON.stringify(path)}: ${JSON.stringify(told[0])}`).toContain(told[0]?.code);
    }
    // Names that only look like `..` are names: what was made with them lies in the workspace.
    expect(readFileSync(join(home, "agents/neighbour.fwagent/workspace/treasure.txt"), "utf8")).toBe(
      TREASURE,
    );
    expect(homeHolds(home, TREASURE)).toEqual([
      join(home, "agents/neighbour.fwagent/workspace/treasure.txt"),
    ]);
    await arena.contained();
  });

  test("links that somebody put into the workspace lead nowhere", async () => {
    const { home } = arena.system;
    const own = join(home, "agents/climber.fwagent/workspace");
    symlinkSync("/etc/passwd", join(own, "passwd"));
    symlinkSync(join(home, "agents/neighbour.fwagent/workspace"), join(own, "next-door"));
    symlinkSync(join(home, "master.key"), join(own, "key"));
    symlinkSync("/nowhere/at/all", join(own, "dangling"));
    symlinkSync("loop", join(own, "loop"));
    const told = await climb(
      ["fs.read", { path: "passwd" }],
      ["fs.read", { path: "next-door/treasure.txt" }],
      ["fs.list", { path: "next-door" }],
      ["fs.write", { path: "next-door/planted.txt", content: "x" }],
      ["fs.read", { path: "key" }],
      ["fs.write", { path: "dangling", content: "x" }],
      ["fs.read", { path: "loop" }],
    );
    for (const [at, one] of told.entries()) {
      expect(one.ok, `${at}: ${JSON.stringify(one)}`).toBe(false);
      expect(["denied", "not_found", "invalid_input"], `${at}: ${one.message}`).toContain(one.code);
    }
    const [search] = await climb(["fs.search", { path: ".", text: "treasure", pattern: "treasure" }]);
    expect(JSON.stringify(search)).not.toContain(TREASURE);
    await climb(["fs.delete", { path: "next-door" }]);
    expect(readFileSync(join(home, "agents/neighbour.fwagent/workspace/treasure.txt"), "utf8")).toBe(
      TREASURE,
    );
    await arena.contained();
  });

  test("WASI opens nothing outside of the preopened folder and makes no links", async () => {
    expect(await arena.reply(wasi.id)).toBe(11111);
    await arena.contained();
  });

  test("a module whose workspace or database is a link to somebody else's does not run", async () => {
    const { home, call } = arena.system;
    const agents = join(home, "agents");
    for (const [id, name, target] of [
      ["linked-workspace", "workspace", join(agents, "neighbour.fwagent/workspace")],
      ["linked-root", "workspace", "/"],
      ["linked-state", "state.db", join(agents, "neighbour.fwagent/state.db")],
    ] as const) {
      const folder = join(agents, `${id}.fwagent`);
      mkdirSync(folder);
      symlinkSync(target, join(folder, name));
      for (const [file, content] of Object.entries(climber.files)) writeFileSync(join(folder, file), content);
      writeFileSync(
        join(folder, "manifest.json"),
        JSON.stringify({
          id,
          version: "1.0.0",
          kind: "agent",
          display_name: id,
          abi_version: 1,
          ...manifestOf(climber),
        }),
      );
      await until(`${id} is noticed`, async () => (await call("agent.show", { id })).ok);
      await call("agent.approve", { id, grants: "all" });
      const reply = await arena.invoke(id, ATTACK, {
        calls: [
          ["fs.read", { path: "treasure.txt" }],
          ["fs.read", { path: "etc/passwd" }],
          ["store.kv.list", {}],
        ],
      });
      expect(reply.ok ? reply.result : reply.error.code, id).toBe("module_invalid");
      expect(JSON.stringify(reply)).toMatch(/link/);
      const letter = await call("message.send", { to: id, text: "x", wait: true });
      expect(JSON.stringify(letter)).toMatch(/module_invalid/);
      await arena.system.result("agent.remove", { id, purge: true });
    }
    const { messages } = await arena.system.result<{ messages: unknown[] }>("message.list", {
      to: "neighbour",
    });
    expect(messages).toEqual([]);
    expect(lstatSync(join(agents, "neighbour.fwagent/workspace")).isDirectory()).toBe(true);
    expect(readFileSync(join(agents, "neighbour.fwagent/workspace/treasure.txt"), "utf8")).toBe(TREASURE);
    await arena.contained();
  });

  test("a module's own texts that are links are not read for it", async () => {
    const { home, call } = arena.system;
    const id = "linked-prompt";
    const url = "http://127.0.0.1:1987/api/agents/self-prompt/render";
    const folder = writeModule(
      home,
      id,
      script(
        `const { body } = await host.call("flowork.fetch", { url: "${url}" });
        return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(body), (c) => c.charCodeAt(0))));`,
      ),
      { ...manifestOf(climber), capabilities_required: ["http.fetch:http://127.0.0.1:1987/"] },
    );
    symlinkSync(join(home, "master.key"), join(folder, "prompt.md"));
    symlinkSync("/etc/passwd", join(folder, "doktrin.md"));
    await until(`${id} is noticed`, async () => (await call("agent.show", { id })).ok);
    await arena.system.result("agent.approve", { id, grants: "all" });
    expect(await arena.reply(id)).toMatchObject({ rendered: "" });
    await arena.system.result("agent.remove", { id, purge: true });
    await arena.contained();
  });

  test("a hard link is the file itself: only who can write into the workspace from outside makes one", async () => {
    const own = join(arena.system.home, "agents/climber.fwagent/workspace");
    writeFileSync(join(own, "original"), "own");
    linkSync(join(own, "original"), join(own, "second"));
    const told = await climb(["fs.write", { path: "second", content: "changed" }]);
    expect(told[0]?.ok).toBe(true);
    expect(readFileSync(join(own, "original"), "utf8")).toBe("own");
    await arena.contained();
  });
});
