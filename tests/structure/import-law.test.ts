import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { circles } from "./circles.ts";
import { readImports } from "./imports.ts";
import { violations } from "./law.ts";

const ROOT = join(import.meta.dirname, "../..");

test("no file imports what the design does not allow", () => {
  expect(violations(ROOT)).toEqual([]);
});

test("the law sees the whole project: every alias, house and file", () => {
  const all = readImports(ROOT);
  expect(new Set(all.map((one) => one.from)).size).toBeGreaterThan(100);
  expect(all.some((one) => one.from.startsWith("kernel/") && one.to === "contract/index.ts")).toBe(true);
});

test.each(["kernel", "server", "cli", "panel"])(
  "no two folders of %s import each other, however far round",
  (house) => {
    expect(circles(ROOT, house)).toEqual([]);
  },
);

/** A small project that obeys, with a few files more. */
function tree(more: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "fieldwork-law-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const files: Readonly<Record<string, string>> = {
    "package.json": '{"imports":{"#contract":"./contract/index.ts","#kernel":"./kernel/index.ts"}}',
    "contract/index.ts": 'export * from "./event.ts"; import { z } from "zod";',
    "contract/event.ts": "export const event = 1;",
    "contract/event.test.ts": 'import { test } from "vitest"; import "node:fs";',
    "kernel/index.ts": 'export * from "./journal/index.ts"; import "#contract";',
    "kernel/journal/index.ts": 'export * from "./write.ts";',
    "kernel/journal/write.ts": 'import "node:sqlite"; new Worker(new URL("./worker.ts", import.meta.url));',
    "kernel/journal/worker.ts": "export {};",
    "kernel/counter/index.ts": 'import "../journal/index.ts"; await import(`../journal/index.ts`);',
    "kernel/sandbox/host.ts": 'import "./deep/index.ts"; import "./open/part.ts";',
    "kernel/sandbox/deep/index.ts": 'import "./part.ts"; import "../limits.ts";',
    "kernel/sandbox/deep/part.ts": "export {};",
    "kernel/sandbox/open/part.ts": "export {};",
    "kernel/sandbox/limits.ts": "export {};",
    "modules/store/index.ts": 'import { event } from "#contract"; import "./key.ts"; import "yaml";',
    "modules/store/key.ts": "export {};",
    "modules/mind/index.ts": "export {};",
    "server/index.ts":
      'import type { Kernel } from "#kernel"; import { type Event, type A } from "#kernel"; import "hono";',
    "cli/fw.ts": 'import "#contract";',
    "sdk/ts/index.ts": 'import "./call.ts";',
    "sdk/ts/call.ts": "export {};",
    "templates/agent-ts/agent.ts": 'import { agent } from "fieldwork";',
    "setup/start.mjs": 'import "node:fs"; import "./node.mjs";',
    "setup/node.mjs": "",
    "main.ts": 'import "./kernel/index.ts"; import "./server/index.ts"; import "./modules/store/index.ts";',
    "tests/whole.test.ts": 'import "../kernel/journal/write.ts"; import "../server/index.ts";',
    "bench/counter.ts": 'import "../kernel/counter/index.ts";',
  };
  for (const [path, text] of Object.entries({ ...files, ...more })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

test("a project that obeys has no violations", () => {
  expect(violations(tree({}))).toEqual([]);
});

test("a planted circle is seen, whoever stands between", () => {
  expect(circles(tree({}), "kernel")).toEqual([]);
  const root = tree({
    "kernel/journal/bad.ts": 'import type { A } from "../sandbox/limits.ts";',
    "kernel/sandbox/bad.ts": 'import "../counter/index.ts";',
    "kernel/sandbox/bad.test.ts": 'import "../home/index.ts";',
    "kernel/home/index.ts": 'import "../sandbox/limits.ts";',
  });
  expect(circles(root, "kernel")).toEqual([["counter", "journal", "sandbox"]]);
});

describe("a planted arrow is seen", () => {
  test.each([
    ["contract/bad.ts", 'import "../kernel/index.ts";', "no arrow contract → kernel"],
    ["contract/bad.ts", 'import "yaml";', "no package but zod"],
    ["contract/bad.ts", 'import "node:fs";', "without Node"],
    ["contract/bad.test.ts", 'import "../kernel/index.ts";', "no arrow contract → kernel"],
    ["kernel/counter/bad.ts", 'import "../journal/write.ts";', "door of journal"],
    ["kernel/counter/bad.ts", 'import type { A } from "../journal/write.ts";', "door of journal"],
    ["kernel/bad.ts", 'export * from "./journal/write.ts";', "door of journal"],
    ["kernel/counter/bad.ts", 'import "../sandbox/open/part.ts";', "door of sandbox"],
    ["kernel/sandbox/bad.ts", 'import "./deep/part.ts";', "door of kernel/sandbox/deep"],
    ["kernel/counter/bad.ts", 'import "#missing";', "no such alias"],
    ["kernel/counter/bad.ts", 'import "../../contract/event.ts";', "door of contract"],
    ["kernel/counter/bad.ts", 'import "../../modules/store/index.ts";', "no arrow kernel → modules"],
    ["kernel/counter/bad.ts", 'import "../../server/index.ts";', "no arrow kernel → server"],
    ["modules/store/bad.ts", 'import "../mind/index.ts";', "do not know each other"],
    ["modules/store/bad.ts", 'import "#kernel";', "no arrow modules → kernel"],
    ["modules/store/bad.ts", 'import type { K } from "#kernel";', "no arrow modules → kernel"],
    ["modules/store/bad.ts", 'const k = await import("../../kernel/index.ts");', "no arrow modules → kernel"],
    ["modules/store/bad.ts", 'type K = import("../../kernel/index.ts").K;', "no arrow modules → kernel"],
    [
      "modules/store/bad.ts",
      'new Worker(new URL("../mind/index.ts", import.meta.url));',
      "do not know each other",
    ],
    ["modules/store/bad.ts", "await import(process.argv[2]);", "nobody can see"],
    ["modules/store/bad.ts", 'import k = require("../../kernel/index.ts");', "no arrow modules → kernel"],
    ["modules/store/bad.ts", 'const k = require("../../kernel/index.ts");', "no arrow modules → kernel"],
    ["modules/store/bad.test.ts", 'import "../mind/index.ts";', "do not know each other"],
    ["server/bad.ts", 'import { start } from "#kernel";', "only types of kernel"],
    ["server/bad.ts", 'import { type A, start } from "#kernel";', "only types of kernel"],
    ["server/bad.ts", 'import type { A } from "../kernel/journal/write.ts";', "door of kernel/journal"],
    ["server/bad.ts", 'import "../modules/store/index.ts";', "no arrow server → modules"],
    [
      "cli/bad.ts",
      'new Worker(new URL("../kernel/verify.worker.ts", import.meta.url));',
      "no arrow cli → kernel",
    ],
    ["cli/bad.ts", 'import "#kernel";', "no arrow cli → kernel"],
    ["cli/bad.ts", 'import "../server/index.ts";', "no arrow cli → server"],
    ["panel/bad.tsx", 'import { a } from "#contract"; const b = <p>{a}</p>;', "only types of contract"],
    ["sdk/ts/bad.ts", 'import "#contract";', "no arrow sdk → contract"],
    ["templates/agent-ts/bad.ts", 'import "../../sdk/ts/index.ts";', "no arrow templates → sdk"],
    ["setup/bad.mjs", 'import "zod";', "no package but none"],
    ["setup/bad.mjs", 'import "../contract/index.ts";', "no arrow setup → contract"],
    ["attic/bad.ts", 'import "#contract";', "the design has no attic"],
    ["kernel/counter/bad.ts", 'import "../../node_modules/zod/index.ts";', "out of the house"],
    ["kernel/counter/bad.ts", 'import "../../../elsewhere.ts";', "out of the house"],
  ])("%s: %s", (path, text, why) => {
    const found = violations(tree({ [path]: text }));
    expect(found).toEqual([expect.stringContaining(why)]);
    expect(found[0]).toMatch(new RegExp(`^${path}:1 imports `));
  });
});
