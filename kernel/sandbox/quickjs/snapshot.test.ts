import { describe, expect, test } from "vitest";
import { createTestHost, engine, handlers, invoke, runtime, start } from "./fixture.ts";
import { startGuest } from "./guest.ts";
import { prepareProgram } from "./prepare.ts";
import { createSnapshot } from "./snapshot.ts";

const hello = handlers("onMessage: (message) => message.text");
const snapshotOf = (files: Record<string, string>, host = createTestHost()) =>
  createSnapshot(engine, prepareProgram(files, "agent.ts", runtime), host);

test("the snapshot of a small agent is smaller than 1 MiB and starts in 2 MiB of memory", async () => {
  const snapshot = await snapshotOf(hello);
  expect(snapshot.bytes).toBeLessThan(700 * 1024);
  const guest = await startGuest(engine, snapshot, createTestHost());
  expect(guest.memory.buffer.byteLength).toBeLessThanOrEqual(2 * 1024 * 1024);
});

test("the top level runs once, and its values are in every guest", async () => {
  const host = createTestHost();
  const snapshot = await snapshotOf(
    {
      "agent.ts": `import { agent } from "fieldwork"; import table from "./lib/table.json" with { type: "json" };
        import { square } from "./lib/square";
        console.log("loading"); const squares = table.map(square);
        export default agent({ onMessage: () => squares.join() });`,
      "lib/square.ts": "export const square = (n: number): number => n * n;",
      "lib/table.json": "[1, 2, 3]",
    },
    host,
  );
  for (let n = 0; n < 2; n++) {
    const guest = await startGuest(engine, snapshot, createTestHost());
    expect(await invoke(guest, "handle_message")).toEqual({ ok: true, result: { reply: "1,4,9" } });
  }
  expect(host.lines).toEqual(["loading"]);
});

test("a module may be imported later, in the started guest", async () => {
  const guest = await start({
    "agent.ts": `import { agent } from "fieldwork";
      export default agent({ onMessage: async () => (await import("./later.ts")).text });`,
    "later.ts": `export const text: string = "later";`,
  });
  expect(await invoke(guest, "handle_message")).toEqual({ ok: true, result: { reply: "later" } });
});

test("the top level may await a timer", async () => {
  const guest = await start({
    "agent.ts": `import { agent } from "fieldwork"; await new Promise((done) => setTimeout(done, 5));
      export default agent({ onMessage: () => "waited" });`,
  });
  expect(await invoke(guest, "handle_message")).toEqual({ ok: true, result: { reply: "waited" } });
});

test.each(["Math.random()", "crypto.randomUUID()", "crypto.getRandomValues(new Uint8Array(8)).join()"])(
  "%s is different in every guest of a snapshot",
  async (expression) => {
    const snapshot = await snapshotOf(handlers(`onMessage: () => String(${expression})`));
    const seen = new Set<unknown>();
    for (let n = 0; n < 5; n++) {
      const reply = await invoke(await startGuest(engine, snapshot, createTestHost()), "handle_message");
      seen.add(reply.ok && (reply.result as { reply: string }).reply);
    }
    expect(seen.size).toBe(5);
  },
);

describe("what is wrong in the agent's code is told with its place", () => {
  const cases: [string, Record<string, string>, object][] = [
    [
      "a syntax error in JavaScript",
      { "agent.ts": `import "./lib.js";`, "lib.js": "let a = 1;\n  let b = ;\n" },
      { place: { file: "lib.js", line: 2, column: 11 }, message: expect.stringContaining("SyntaxError") },
    ],
    [
      "an error at the top level, in a function",
      { "agent.ts": "type A = string;\nfunction load() {\n  null!.x;\n}\nload();" },
      { place: { file: "agent.ts", line: 3 }, message: expect.stringContaining("TypeError") },
    ],
    [
      "an import of a package",
      { "agent.ts": `// the first line\nimport { z } from "zod";\nz.a;` },
      { place: { file: "agent.ts", line: 2, column: 19 }, message: expect.stringContaining(`"zod"`) },
    ],
    [
      "an import of a module of Node",
      { "agent.ts": `import "./lib.ts";`, "lib.ts": `import "node:fs";` },
      { place: { file: "lib.ts", line: 1 }, remedy: expect.stringContaining("host.fs") },
    ],
    [
      "an import of a file that is not there",
      { "agent.ts": `export * from "./gone.ts";` },
      { place: { file: "agent.ts", line: 1, column: 15 }, message: expect.stringContaining("gone.ts") },
    ],
    [
      "an import from outside the folder",
      { "agent.ts": `import "../../secret.ts";` },
      { message: expect.stringContaining("outside the agent's folder") },
    ],
    [
      "a name that a module does not export",
      { "agent.ts": `import { nothing } from "fieldwork"; nothing;` },
      { message: expect.stringContaining("nothing") },
    ],
    [
      "a missing default export",
      { "agent.ts": "export const a = 1;" },
      { message: expect.stringContaining("default export") },
    ],
    [
      "a top level that never ends",
      { "agent.ts": "await new Promise(() => {}); export default {};" },
      { message: expect.stringContaining("never finishes loading") },
    ],
    [
      "a timer left running",
      { "agent.ts": "setInterval(() => {}, 1000); export default {};" },
      { message: expect.stringContaining("timer") },
    ],
    [
      "a definition with a misspelt handler",
      { "agent.ts": `import { agent } from "fieldwork";\nexport default agent({ onMesage() {} } as never);` },
      { place: { file: "agent.ts", line: 2 }, message: expect.stringContaining("onMesage") },
    ],
  ];
  test.each(cases)("%s", async (_name, files, expected) => {
    await expect(snapshotOf(files)).rejects.toMatchObject({ code: "module_invalid", ...expected });
  });
});
