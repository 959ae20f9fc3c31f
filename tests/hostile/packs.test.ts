import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RawEntry, rawZip } from "../../kernel/packs/fixtures/raw_zip.ts";
import { until, writeModule } from "../support/system.ts";
import { type Arena, openArena } from "./arena.ts";

const ID = "packed";
const MIB = 1024 * 1024;
const LINK_MODE = 0o120777;

const manifest = (changes: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    id: ID,
    version: "1.0.0",
    kind: "agent",
    display_name: "Packed",
    entry: "agent.ts",
    abi_version: 1,
    ...changes,
  });
const sound = (changes: Readonly<Record<string, unknown>> = {}): RawEntry[] => [
  { name: "manifest.json", content: manifest(changes), method: 8 },
  { name: "agent.ts", content: 'import { agent } from "fieldwork"; export default agent({});' },
];
const zeros = (bytes: number) => deflateRawSync(Buffer.alloc(bytes));

interface HostilePack {
  readonly attempt: string;
  readonly bytes: () => Buffer;
  readonly codes: readonly string[];
  readonly says: RegExp;
}
const named = (attempt: string, name: string, says: RegExp): HostilePack => ({
  attempt,
  bytes: () => rawZip([...sound(), { name, content: "planted" }]),
  codes: ["module_invalid"],
  says,
});

const packs: readonly HostilePack[] = [
  named("a path that climbs", "../../planted.txt", /planted/),
  named("a path that climbs from within", "a/../../../planted.txt", /planted/),
  named("an absolute path", "/tmp/fieldwork-planted.txt", /planted/),
  named("a path with a drive", "C:\\planted.txt", /planted/),
  named("a path with backslashes", "..\\..\\planted.txt", /planted/),
  named("a path with NUL", "a\0../planted.txt", /planted|NUL/),
  named("a name given twice", "agent.ts", /agent\.ts/),
  named("a name that differs in case only", "AGENT.TS", /agent\.ts/i),
  named("a name that differs in its Unicode form only", "cafe\u0301.txt", /.*/),
  named("a state that another agent left", "state.db", /state does not travel/),
  {
    attempt: "a symbolic link",
    bytes: () => rawZip([...sound(), { name: "workspace/planted", content: "/etc/passwd", mode: LINK_MODE }]),
    codes: ["module_invalid"],
    says: /link/,
  },
  {
    attempt: "a bomb: a gigabyte of zeros in a megabyte",
    bytes: () =>
      rawZip([
        ...sound(),
        { name: "bomb", packed: zeros(64 * MIB), method: 8, size: 64 * MIB, content: Buffer.alloc(64 * MIB) },
      ]),
    codes: ["module_invalid", "too_large"],
    says: /unpacks to more than 200 times its size/,
  },
  {
    attempt: "a bomb that understates its size",
    bytes: () =>
      rawZip([
        ...sound(),
        { name: "bomb", packed: zeros(32 * MIB), method: 8, size: 10, content: "0123456789" },
      ]),
    codes: ["module_invalid", "too_large"],
    says: /bomb/,
  },
  {
    attempt: "twenty thousand entries",
    bytes: () =>
      rawZip([...sound(), ...Array.from({ length: 20_000 }, (_, n) => ({ name: `f${n}`, content: "" }))]),
    codes: ["module_invalid", "too_large"],
    says: /entries|10,?000/,
  },
  {
    attempt: "a manifest of 10 MB",
    bytes: () =>
      rawZip([
        { name: "manifest.json", content: manifest({ _: "x".repeat(10 * MIB) }) },
        sound()[1] as RawEntry,
      ]),
    codes: ["module_invalid", "too_large"],
    says: /manifest\.json.*larger|larger.*manifest\.json/,
  },
  {
    attempt: "a manifest nested a hundred thousand deep",
    bytes: () =>
      rawZip([
        {
          name: "manifest.json",
          content: `${manifest().slice(0, -1)},"_":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
        },
        sound()[1] as RawEntry,
      ]),
    codes: ["module_invalid"],
    says: /nest|deep/,
  },
  {
    attempt: "a manifest that claims another's id by a path",
    bytes: () => rawZip(sound({ id: "../healthy-script" })),
    codes: ["module_invalid"],
    says: /id/,
  },
  {
    attempt: "an entry outside of the folder",
    bytes: () => rawZip(sound({ entry: "../healthy-script.fwagent/agent.ts" })),
    codes: ["module_invalid"],
    says: /entry/,
  },
  {
    attempt: "no zip at all",
    bytes: () => Buffer.from("PK\u0003\u0004 but then nothing"),
    codes: ["module_invalid", "invalid_input"],
    says: /.+/,
  },
  {
    attempt: "a cut zip",
    bytes: () => rawZip(sound()).subarray(0, -30),
    codes: ["module_invalid", "invalid_input"],
    says: /.+/,
  },
];

let arena: Arena;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fw-packs-"));
  arena = await openArena([]);
});
afterAll(async () => {
  await arena.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Nothing of the pack is installed, staged or planted. */
async function expectNothingLeft(): Promise<void> {
  const { home } = arena.system;
  expect(readdirSync(join(home, "staging"))).toEqual([]);
  expect(readdirSync(join(home, "agents")).sort()).toEqual([
    "field.fwagent",
    "healthy-script.fwagent",
    "healthy-wasm.fwagent",
  ]);
  expect(readdirSync(home).filter((name) => name.includes("planted"))).toEqual([]);
  expect(existsSync("/tmp/fieldwork-planted.txt")).toBe(false);
  const { grants } = await arena.system.result<{ grants: { module: string }[] }>("grant.list", {});
  expect(grants.filter(({ module }) => module !== "field")).toEqual([]);
  await arena.contained();
}

describe("a hostile pack is refused whole:", () => {
  for (const [n, { attempt, bytes, codes, says }] of packs.entries())
    test(attempt, async () => {
      const path = join(folder, `${n}.zip`);
      writeFileSync(path, bytes());
      for (const [cap, args] of [
        ["pack.inspect", { path }],
        ["pack.install", { path, grants: "all" }],
      ] as const) {
        const reply = await arena.system.call(cap, args);
        expect(codes, `${cap}: ${JSON.stringify(reply).slice(0, 500)}`).toContain(
          reply.ok ? "ok" : reply.error.code,
        );
        if (!reply.ok) expect(JSON.stringify(reply.error)).toMatch(says);
      }
      await expectNothingLeft();
    });

  test("a link in the place of a pack", async () => {
    const path = join(folder, "link.zip");
    symlinkSync("/dev/zero", path);
    const reply = await arena.system.call("pack.install", { path, grants: "all" });
    expect(reply.ok ? "ok" : reply.error.code).toBe("invalid_input");
    await expectNothingLeft();
  });

  test("a module that does not load is not installed, and an upgrade to it leaves the old one", async () => {
    const good = join(folder, "good.zip");
    const bad = join(folder, "bad.zip");
    writeFileSync(good, rawZip(sound()));
    writeFileSync(
      bad,
      rawZip([
        sound({ version: "2.0.0" })[0] as RawEntry,
        { name: "agent.ts", content: "export default {{{" },
      ]),
    );
    expect((await arena.system.call("pack.install", { path: bad, grants: "all" })).ok).toBe(false);
    await expectNothingLeft();
    await arena.system.result("pack.install", { path: good, grants: "all" });
    const reply = await arena.system.call("pack.install", { path: bad, grants: "all" });
    expect(reply.ok ? "ok" : reply.error.code).toBe("module_invalid");
    expect(await arena.system.result("agent.show", { id: ID })).toMatchObject({
      version: "1.0.0",
      state: "ready",
    });
    await arena.system.result("agent.remove", { id: ID, purge: true });
    await expectNothingLeft();
  });
});

describe("a hostile folder is named broken, whole:", () => {
  const folders = {
    "huge-manifest": { files: { "manifest.json": "" }, says: /larger than/ },
    "deep-manifest": {
      files: { "manifest.json": `{"_":${"[".repeat(100_000)}${"]".repeat(100_000)}}` },
      says: /.+/,
    },
    "busy-schema": {
      files: {
        "manifest.json": manifest({
          id: "busy-schema",
          exposes_rpc: [
            { name: "f", description: "f", input_schema: { type: "string", pattern: "^(a+)+$" } },
          ],
        }),
      },
      says: /pattern cannot be used/,
    },
    "not-json": { files: { "manifest.json": "\u0000\u0001\u0002" }, says: /not JSON/ },
  };
  for (const [id, { files, says }] of Object.entries(folders))
    test(id.replace("-", " "), async () => {
      const place = writeModule(arena.system.home, id, { "agent.ts": "export default {};" });
      const text =
        id === "huge-manifest" ? manifest({ id, _: "x".repeat(10 * MIB) }) : files["manifest.json"];
      writeFileSync(join(place, "manifest.json"), text);
      const info = await until("it is named broken", async () => {
        const reply = await arena.system.call("agent.show", { id });
        const shown = reply.ok ? (reply.result as { state: string; problems: string[] }) : undefined;
        return shown?.state === "broken" ? shown : undefined;
      });
      expect(info.problems.join()).toMatch(says);
      expect(info.problems.join().length).toBeLessThan(10_000);
      expect((await arena.invoke(id)).ok).toBe(false);
      rmSync(place, { recursive: true });
      await until("it is forgotten", async () => !(await arena.system.call("agent.show", { id })).ok);
      await expectNothingLeft();
    });
});
