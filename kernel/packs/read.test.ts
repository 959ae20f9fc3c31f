import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { agentEntries, manifestText, zipFile } from "./fixtures/agent.ts";
import { scratch } from "./fixtures/scratch.ts";
import { readPack } from "./index.ts";

test("reading tells what a pack holds", async () => {
  const file = zipFile([
    ...agentEntries("greeter.fwagent/"),
    { name: "greeter.fwagent/skills/", mode: 0o040755 },
  ]);
  const bytes = readFileSync(file);
  expect(await readPack(file)).toMatchObject({
    manifest: { id: "greeter", capabilities_required: ["time.now"] },
    entries: [
      { path: "greeter.fwagent/manifest.json", size: manifestText().length },
      { path: "greeter.fwagent/agent.ts", size: 18 },
    ],
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    kind: "agent-zip",
    root: "greeter.fwagent",
  });
});

test("reading names every entry whose content is not what it declares", async () => {
  const bad = { content: "hello", crc: 1 };
  await expect(
    readPack(zipFile([...agentEntries(), { name: "a", ...bad }, { name: "b", ...bad }])),
  ).rejects.toMatchObject({
    code: "module_invalid",
    details: { problems: [expect.stringContaining('"a"'), expect.stringContaining('"b"')] },
  });
});

test("a path that is no file is refused, a pipe without waiting for its writer", async () => {
  const folder = scratch();
  await expect(readPack(join(folder, "none.zip"))).rejects.toMatchObject({ code: "not_found" });
  await expect(readPack(folder)).rejects.toMatchObject({ code: "invalid_input" });
  execFileSync("mkfifo", [join(folder, "pipe")]);
  await expect(readPack(join(folder, "pipe"))).rejects.toMatchObject({ code: "invalid_input" });
});

test("the event loop goes on while a pack is read", async () => {
  const content = Buffer.alloc(1 << 20, "abcdefg").map((byte, at) => byte ^ (at >> 7));
  const files = Array.from({ length: 40 }, (_, at) => ({
    name: `f${at}`,
    content: Buffer.from(content),
    method: 8,
  }));
  const file = zipFile([...agentEntries(), ...files]);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await readPack(file);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(10);
});

test("more jobs than run at once all end, and a waiting one can be stopped", async () => {
  const file = zipFile(agentEntries());
  const controller = new AbortController();
  const jobs = Array.from({ length: 5 }, () => readPack(file));
  const stopped = readPack(file, controller.signal);
  controller.abort();
  await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
  expect((await Promise.all(jobs)).map((listing) => listing.manifest.id)).toEqual(Array(5).fill("greeter"));
});
