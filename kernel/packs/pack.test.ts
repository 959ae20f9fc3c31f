import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PACK_LIMITS } from "#contract";
import { agentFolder, manifestText } from "./fixtures/agent.ts";
import { abortWhen, leftBehind, scratch, tree, write } from "./fixtures/scratch.ts";
import { exportable, pack, readPack, unpack } from "./index.ts";

test("packing gives equal bytes for equal files, whatever their dates and order of creation", async () => {
  const one = agentFolder({ "b.md": "b", "a/c.md": "c" });
  const two = write(scratch(), {
    "a/c.md": "c",
    "b.md": "b",
    "agent.ts": "export default 1;\n",
    "manifest.json": manifestText(),
  });
  utimesSync(join(two, "b.md"), 1, 1);
  const to = scratch();
  const first = await pack(one, join(to, "1.zip"));
  const second = await pack(two, join(to, "2.zip"));
  expect(second).toEqual(first);
  expect(
    createHash("sha256")
      .update(readFileSync(join(to, "1.zip")))
      .digest("hex"),
  ).toBe(first.sha256);
  expect(statSync(join(to, "1.zip")).size).toBe(first.bytes);
});

test("packing leaves state and secrets at home", async () => {
  const folder = agentFolder({
    "state.db": "s",
    "state.db-wal": "s",
    ".env": "s",
    ".env.local": "s",
    "workspace/tls.key": "s",
    "workspace/a.PEM": "s",
    "keyboard.md": "k",
    "environment.md": "e",
  });
  const file = join(scratch(), "a.zip");
  await pack(folder, file);
  expect((await readPack(file)).entries.map((entry) => entry.path)).toEqual([
    "agent.ts",
    "environment.md",
    "keyboard.md",
    "manifest.json",
  ]);
});

test("packing asks the caller about each file", async () => {
  const folder = agentFolder({ "workspace/a.md": "a", "workspace/b/c.md": "c", "state.db": "s" });
  const file = join(scratch(), "a.zip");
  await pack(folder, file, { include: (path) => exportable(path) && !path.startsWith("workspace/") });
  expect((await readPack(file)).entries.map((entry) => entry.path)).toEqual(["agent.ts", "manifest.json"]);
});

test("packing follows no link and says which it left out", async () => {
  const outside = write(scratch(), { secret: "s" });
  const folder = agentFolder();
  symlinkSync(join(outside, "secret"), join(folder, "link"));
  symlinkSync(outside, join(folder, "folder"));
  const file = join(scratch(), "a.zip");
  expect((await pack(folder, file)).skipped).toEqual(["folder", "link"]);
  expect((await readPack(file)).entries.map((entry) => entry.path)).toEqual(["agent.ts", "manifest.json"]);
});

test("packing names every path that no pack can hold and writes nothing", async () => {
  const folder = agentFolder({ "a:b": "1", "nul.txt": "2", "Agent.ts": "3" });
  const to = scratch();
  await expect(pack(folder, join(to, "a.zip"))).rejects.toMatchObject({
    code: "invalid_input",
    details: {
      problems: [
        expect.stringContaining("a:b"),
        expect.stringMatching(/agent.ts.*case/),
        expect.stringContaining("nul.txt"),
      ],
    },
  });
  expect(readdirSync(to)).toEqual([]);
});

test("packing replaces an older pack, even one in the folder itself, in one step", async () => {
  const folder = agentFolder({ "a.zip": "the older pack" });
  await pack(folder, join(folder, "a.zip"));
  expect((await readPack(join(folder, "a.zip"))).entries).toHaveLength(2);
  expect(readdirSync(folder).sort()).toEqual(["a.zip", "agent.ts", "manifest.json"]);
});

test("packing stores what deflates so well that a reader would take it for a bomb", async () => {
  const folder = agentFolder({ zeros: Buffer.alloc(3 << 20) });
  const file = join(scratch(), "a.zip");
  await pack(folder, file);
  expect((await readPack(file)).entries).toContainEqual({ path: "zeros", size: 3 << 20 });
});

test("a failure leaves the older pack as it was and nothing else", async () => {
  const to = write(scratch(), { "a.zip": "older" });
  const folder = agentFolder();
  await expect(pack(folder, join(to, "a.zip"), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "cancelled",
  });
  await expect(pack(join(folder, "none"), join(to, "a.zip"))).rejects.toMatchObject({ code: "not_found" });
  mkdirSync(join(to, "folder"));
  await expect(pack(folder, join(to, "folder"))).rejects.toMatchObject({ code: "invalid_input" });
  write(folder, Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`f${at}`, `${at}`])));
  const begun = abortWhen(() => readdirSync(to).some((name) => name.endsWith(".tmp")));
  await expect(pack(folder, join(to, "a.zip"), { signal: begun })).rejects.toMatchObject({
    code: "cancelled",
  });
  expect(readFileSync(join(to, "a.zip"), "utf8")).toBe("older");
  expect(readdirSync(to).sort()).toEqual(["a.zip", "folder"]);
});

test("more than a pack may hold is refused", async () => {
  const folder = agentFolder({ noise: randomBytes(PACK_LIMITS.packed_bytes + 1) });
  expect(await leftBehind((to) => pack(folder, to))).toEqual({ code: "too_large", left: [] });
});

test("what is packed is what is unpacked", async () => {
  const name = fc.stringMatching(/^[a-zé日_-]{1,12}$/u).map((text) => `n${text}`.normalize("NFC"));
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => `${names.join("/")}.x`);
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc.nat(100_000).map((size) => new Uint8Array(size).fill(65)),
  );
  const files = fc.array(fc.tuple(path, content), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(files, async (list) => {
      const folder = agentFolder(Object.fromEntries(list));
      const to = scratch();
      const { sha256, bytes } = await pack(folder, join(to, "a.zip"));
      const listing = await unpack(join(to, "a.zip"), join(to, "new"));
      expect(listing).toMatchObject({ sha256, bytes });
      expect(tree(join(to, "new"))).toEqual(tree(folder));
    }),
    { numRuns: 8 },
  );
});
