import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MANIFEST_MAX_BYTES } from "#contract";
import { openArchive } from "./archive.ts";
import { agentEntries, manifestText } from "./fixtures/agent.ts";
import { type RawEntry, rawZip } from "./fixtures/raw_zip.ts";
import { scratch } from "./fixtures/scratch.ts";

const plugin = (more: Record<string, unknown> = {}): RawEntry => ({
  name: "plugin.json",
  content: JSON.stringify({ id: "greeter-crew", version: "1.0.0", name: "Greeter", author: "A", ...more }),
});

function open(entries: readonly RawEntry[]) {
  const file = join(scratch(), "a.zip");
  writeFileSync(file, rawZip(entries));
  return openArchive(file);
}

test.each<[string, "agent-zip" | "fwpack", string, readonly RawEntry[]]>([
  ["an agent's files", "agent-zip", "", agentEntries()],
  ["one agent's folder", "agent-zip", "greeter.fwagent", agentEntries("greeter.fwagent/")],
  ["a plugin beside a manifest", "fwpack", "", [plugin(), ...agentEntries()]],
  [
    "a crew of one",
    "fwpack",
    "agents/greeter.fwagent",
    [plugin(), ...agentEntries("agents/greeter.fwagent/")],
  ],
  ["a plugin with a folder", "fwpack", "greeter.fwagent", [plugin(), ...agentEntries("greeter.fwagent/")]],
  [
    "a crew's other files",
    "fwpack",
    "agents/greeter.fwagent",
    [plugin(), { name: "README.md" }, ...agentEntries("agents/greeter.fwagent/")],
  ],
  ["a tool", "fwpack", "", [plugin({ kind: "tool" }), ...agentEntries("", { kind: "tool" })]],
  ["a channel", "fwpack", "", [plugin({ kind: "channel" }), ...agentEntries("", { kind: "channel" })]],
  [
    "an agent with a workspace and skills",
    "agent-zip",
    "",
    [...agentEntries(), { name: "workspace/state.db" }, { name: "skills/x/SKILL.md" }],
  ],
])("%s is found as %s in %j", async (_, kind, root, entries) => {
  expect(await open(entries)).toMatchObject({ kind, root, manifest: { id: "greeter" } });
});

describe("a module is refused for", () => {
  test.each<[string, RegExp, readonly RawEntry[]]>([
    ["no manifest", /no manifest.json/, [{ name: "agent.ts" }]],
    ["an empty zip", /no manifest.json/, []],
    ["a folder of another name", /no manifest.json/, agentEntries("greeter-main/")],
    [
      "a folder beside its own",
      /no manifest.json/,
      [...agentEntries("greeter.fwagent/"), { name: "__MACOSX/x" }],
    ],
    ["an id that is not its folder's", /must be named "greeter.fwagent"/, agentEntries("other.fwagent/")],
    [
      "a crew's id that is not its folder's",
      /must be named/,
      [plugin(), ...agentEntries("agents/other.fwagent/")],
    ],
    ["a missing entry", /entry "agent.wasm" is not/, agentEntries("", { entry: "agent.wasm" })],
    [
      "an entry that is a folder",
      /entry "src.ts" is not/,
      [...agentEntries("", { entry: "src.ts" }), { name: "src.ts/" }],
    ],
    ["state", /state does not travel/, [...agentEntries(), { name: "state.db" }]],
    ["state in capitals", /state does not travel/, [...agentEntries(), { name: "State.DB-wal" }]],
    [
      "state in a crew",
      /state does not travel/,
      [plugin(), ...agentEntries("agents/greeter.fwagent/"), { name: "agents/greeter.fwagent/state.db" }],
    ],
    ["a manifest that is not JSON", /not JSON/, [{ name: "manifest.json", content: "{" }]],
    [
      "a manifest that is not UTF-8",
      /not UTF-8/,
      [{ name: "manifest.json", content: Buffer.from([0x22, 0xff, 0x22]) }],
    ],
    [
      "a manifest nested beyond reason",
      /nested deeper/,
      agentEntries("", { tags: JSON.parse("[".repeat(5000) + "]".repeat(5000)) }),
    ],
    [
      "a manifest with a wrong checksum",
      /checksum/,
      [{ name: "manifest.json", content: manifestText(), crc: 1 }],
    ],
    ["a plugin without a name", /plugin.json: name/, [plugin({ name: "" }), ...agentEntries()]],
    ["a plugin of an unknown kind", /plugin.json: kind/, [plugin({ kind: "virus" }), ...agentEntries()]],
    [
      "a plugin of another kind than its manifest",
      /says kind "tool"/,
      [plugin({ kind: "tool" }), ...agentEntries()],
    ],
    [
      "a crew without a manifest",
      /no manifest.json/,
      [plugin(), { name: "agents/greeter.fwagent/agent.ts" }],
    ],
  ])("%s", async (_, problem, entries) => {
    await expect(open(entries)).rejects.toMatchObject({
      code: "module_invalid",
      details: { problems: expect.arrayContaining([expect.stringMatching(problem)]) },
    });
  });
});

test("all problems of a manifest are reported together", async () => {
  await expect(open(agentEntries("", { version: "one", abi_version: 2, surprise: 1 }))).rejects.toMatchObject(
    {
      code: "module_invalid",
      details: {
        problems: [
          expect.stringContaining("version"),
          expect.stringContaining("abi_version"),
          expect.stringContaining("surprise"),
        ],
      },
    },
  );
});

test("a manifest over its limit is refused without being unpacked", async () => {
  const undeflatable = Buffer.alloc(60_000, 0xff);
  const manifest = { name: "manifest.json", method: 8, size: MANIFEST_MAX_BYTES + 1, packed: undeflatable };
  await expect(open([manifest])).rejects.toMatchObject({
    code: "too_large",
    message: expect.stringContaining("manifest.json"),
  });
});

test.each<[string, RegExp, readonly RawEntry[]]>([
  ["an app's pack", /packs of the kind "app"/, [plugin({ kind: "app" }), { name: "apps/x/manifest.json" }]],
  ["a scanner's pack", /packs of the kind "scanner"/, [plugin({ kind: "scanner" })]],
  ["a flow's pack", /packs of the kind "flow"/, [plugin({ kind: "flow" })]],
  ["a skill's pack", /packs of the kind "skill"/, [plugin({ kind: "skill" })]],
  [
    "a crew of two",
    /several modules/,
    [plugin(), ...agentEntries("agents/greeter.fwagent/"), ...agentEntries("agents/b.fwagent/")],
  ],
  [
    "a crew with an app",
    /folder "apps"/,
    [plugin(), ...agentEntries("agents/greeter.fwagent/"), { name: "apps/x/manifest.json" }],
  ],
  ["an app as a folder", /kind "app"/, agentEntries("", { kind: "app" })],
])("%s is named as not yet supported", async (_, message, entries) => {
  await expect(open(entries)).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringMatching(message),
  });
});
