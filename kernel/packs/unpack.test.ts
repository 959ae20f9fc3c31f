import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { agentEntries, agentFolder, zipFile } from "./fixtures/agent.ts";
import type { RawEntry } from "./fixtures/raw_zip.ts";
import { abortWhen, leftBehind, scratch, tree } from "./fixtures/scratch.ts";
import { pack, unpack } from "./index.ts";

test("unpacking writes the module's folder, for its owner's eyes only", async () => {
  const file = zipFile([
    ...agentEntries("greeter.fwagent/"),
    { name: "greeter.fwagent/skills/", mode: 0o040777 },
    { name: "greeter.fwagent/run", mode: 0o104777 },
  ]);
  const into = join(scratch(), "new");
  const listing = await unpack(file, into);
  expect(listing).toMatchObject({
    root: "",
    entries: [{ path: "manifest.json" }, { path: "agent.ts" }, { path: "run" }],
  });
  expect(Object.keys(tree(into))).toEqual(["agent.ts", "manifest.json", "run"]);
  const mode = (path: string) => statSync(join(into, path)).mode & 0o7777;
  expect([mode(""), mode("skills"), mode("run")]).toEqual([0o700, 0o700, 0o600]);
});

test("unpacking a crew leaves the pack's own files out", async () => {
  const plugin = {
    name: "plugin.json",
    content: JSON.stringify({ id: "crew-one", version: "1.0.0", name: "Crew" }),
  };
  const into = join(scratch(), "new");
  await unpack(zipFile([plugin, ...agentEntries("agents/greeter.fwagent/")]), into);
  expect(Object.keys(tree(into))).toEqual(["agent.ts", "manifest.json"]);
});

test("unpacking never touches a folder that exists", async () => {
  const into = agentFolder();
  const before = tree(into);
  await expect(unpack(zipFile(agentEntries()), into)).rejects.toMatchObject({ code: "conflict" });
  expect(tree(into)).toEqual(before);
});

test.each<[string, string, RawEntry]>([
  ["a hostile path", "module_invalid", { name: "../evil" }],
  ["a wrong checksum in the last entry", "module_invalid", { name: "z", content: "hello", crc: 1 }],
  [
    "damaged content in the last entry",
    "module_invalid",
    { name: "z", packed: Buffer.from([7, 1]), size: 5, method: 8 },
  ],
  ["a bomb", "too_large", { name: "z", content: Buffer.alloc(4 << 20), method: 8 }],
])("%s leaves nothing behind", async (_, code, entry) => {
  const file = zipFile([...agentEntries(), { name: "a/b/c", content: "1" }, entry]);
  expect(await leftBehind((into) => unpack(file, into))).toEqual({ code, left: [] });
});

test("a parent that is missing or a file is refused", async () => {
  const file = zipFile(agentEntries());
  expect(await leftBehind((into) => unpack(file, join(into, "deeper")))).toEqual({
    code: "not_found",
    left: [],
  });
  await expect(unpack(file, join(file, "new"))).rejects.toMatchObject({ code: "invalid_input" });
});

test.each([1, 100, 400])("stopped after %i folders it leaves nothing behind", async (count) => {
  const files = Array.from({ length: 1000 }, (_, at) => ({ name: `d${at % 500}/f${at}`, content: `${at}` }));
  const file = zipFile([...agentEntries(), ...files]);
  const written = (into: string) => existsSync(into) && readdirSync(into).length > count;
  const stopped = leftBehind((into) =>
    unpack(
      file,
      into,
      abortWhen(() => written(into)),
    ),
  );
  expect(await stopped).toEqual({ code: "cancelled", left: [] });
});

test("stopped before it begins it leaves nothing behind", async () => {
  const file = zipFile(agentEntries());
  const stopped = leftBehind((into) => unpack(file, into, AbortSignal.abort()));
  expect(await stopped).toEqual({ code: "cancelled", left: [] });
});

test("on a full or read-only disk nothing is left behind", async ({ skip }) => {
  const disk = scratch();
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=512k", "none", disk]).status !== 0)
    skip("needs the right to mount a small disk");
  try {
    const noise = randomBytes(65_536);
    const files = Array.from({ length: 20 }, (_, at) => ({ name: `f${at}`, content: noise }));
    const file = zipFile([...agentEntries(), ...files]);
    const folder = agentFolder(Object.fromEntries(files.map(({ name, content }) => [name, content])));
    for (const options of ["remount,rw", "remount,ro"]) {
      execFileSync("mount", ["-o", options, disk]);
      await expect(unpack(file, join(disk, "new"))).rejects.toMatchObject({ code: "storage_failed" });
      await expect(pack(folder, join(disk, "a.zip"))).rejects.toMatchObject({ code: "storage_failed" });
      expect(readdirSync(disk)).toEqual([]);
    }
  } finally {
    execFileSync("umount", [disk]);
  }
});
