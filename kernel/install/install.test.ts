import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ModuleInfo } from "#contract";
import { createGrants, grantMigrations, readGrant } from "../grants/index.ts";
import { createModuleRecords, type Decision, moduleMigrations, type Registry } from "../modules/index.ts";
import { pack } from "../packs/index.ts";
import { openDatabase } from "../storage/index.ts";
import { createInstaller } from "./index.ts";

let root: string;
const closers: (() => void)[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fw-install-"));
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
  rmSync(root, { recursive: true, force: true });
});

type Step = "release" | "reload" | "approve" | "approved";

/** The installer on a home; the registry it speaks with does as a real one would, and stops for ever at a step. */
function openOn(home: string, stopAt?: Step) {
  const folder = (name: string) => {
    mkdirSync(join(home, name), { recursive: true });
    return join(home, name);
  };
  const db = openDatabase(join(folder("."), "fieldwork.db"), {
    ladders: { grants: grantMigrations, modules: moduleMigrations },
  });
  closers.push(db.close);
  const grants = createGrants(db, Date.now);
  const records = createModuleRecords(db, Date.now);
  const reached = Promise.withResolvers<void>();
  const pass = async (step: Step) => {
    if (step !== stopAt) return;
    reached.resolve();
    await new Promise(() => {});
  };
  const info = (id: string) => ({ id, state: "ready", problems: [] }) as unknown as ModuleInfo;
  const registry = {
    release: () => pass("release"),
    async reload(id: string) {
      await pass("reload");
      if (readFileSync(join(home, "agents", `${id}.fwagent`, "agent.ts"), "utf8") === "broken")
        return { ...info(id), state: "broken", problems: ["it does not compile"] };
      return info(id);
    },
    async approve(id: string, decision: Decision) {
      await pass("approve");
      const source = readFileSync(join(home, "agents", `${id}.fwagent`, "agent.ts"), "utf8");
      for (const grant of grants.list(id)) grants.take(id, [grant]);
      grants.give(
        id,
        (Array.isArray(decision) ? decision : []).flatMap((text) => readGrant(text)),
      );
      records.put({ id, enabled: true, asked: [source], config: records.get(id)?.config ?? {} });
      await pass("approved");
      return source === "broken"
        ? { ...info(id), state: "broken", problems: ["it does not compile"] }
        : info(id);
    },
    hold: (_: string, work: () => Promise<unknown>) => work(),
    forget: () => {},
    entry: () => ({}),
  } as unknown as Registry;
  const note = vi.fn();
  const installer = createInstaller({
    agents: folder("agents"),
    staging: folder("staging"),
    trash: folder("trash"),
    exports: folder("exports"),
    templates: folder("templates"),
    registry,
    records,
    grants,
    now: Date.now,
    trashKeepDays: () => 30,
    copied: () => {},
    removed: () => {},
    note,
  });
  const given = () => grants.list("notes").map(({ capability, scope }) => `${capability}:${scope}`);
  return { home, installer, grants, records, given, note, reached: reached.promise };
}
const opened = (stopAt?: Step) => openOn(join(root, "home"), stopAt);

let made = 0;
async function packOf(version: string, source = `v${version}`): Promise<string> {
  const folder = join(root, `source-${++made}`);
  mkdirSync(folder);
  const manifest = {
    id: "notes",
    version,
    kind: "agent",
    display_name: "Notes",
    entry: "agent.ts",
    abi_version: 1,
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "agent.ts"), source);
  const path = join(root, `notes-${made}.fwagent.zip`);
  await pack(folder, path);
  return path;
}

const folderIn = (home: string) => join(home, "agents", "notes.fwagent");
const sourceIn = (home: string) => readFileSync(join(folderIn(home), "agent.ts"), "utf8");
function live(home: string): void {
  writeFileSync(join(folderIn(home), "workspace", "note.txt"), "mine");
  writeFileSync(join(folderIn(home), "state.db"), "memories");
}
const lived = (home: string) => [
  readFileSync(join(folderIn(home), "workspace", "note.txt"), "utf8"),
  readFileSync(join(folderIn(home), "state.db"), "utf8"),
];

test("an upgrade keeps state and workspace, and gives exactly the grants decided on", async () => {
  const { home, installer, given } = opened();
  await installer.install(await packOf("1.0.0"), ["fs.read:/a", "http.fetch:https://a.example"], true);
  live(home);
  await installer.install(await packOf("2.0.0"), ["fs.read:/a"], true);
  expect(sourceIn(home)).toBe("v2.0.0");
  expect(lived(home)).toEqual(["mine", "memories"]);
  expect(given()).toEqual(["fs.read:/a"]);
  expect(readdirSync(join(home, "staging"))).toEqual([]);
});

test("a new version that does not load leaves the old one as it was, grants and leave to run included", async () => {
  const { home, installer, given, records } = opened();
  await installer.install(await packOf("1.0.0"), ["fs.read:/a"], true);
  live(home);
  await expect(installer.install(await packOf("2.0.0", "broken"), ["fs.write"], true)).rejects.toMatchObject({
    code: "module_invalid",
  });
  expect([sourceIn(home), lived(home), given()]).toEqual(["v1.0.0", ["mine", "memories"], ["fs.read:/a"]]);
  expect(records.get("notes")?.asked).toEqual(["v1.0.0"]);
  expect(readdirSync(join(home, "staging"))).toEqual([]);
});

test("a first installation that does not load leaves nothing", async () => {
  const { home, installer, given, records } = opened();
  await expect(installer.install(await packOf("1.0.0", "broken"), ["fs.write"], true)).rejects.toThrow();
  expect([existsSync(folderIn(home)), given(), records.get("notes")]).toEqual([false, [], undefined]);
  expect(readdirSync(join(home, "staging"))).toEqual([]);
});

const STEPS: readonly Step[] = ["release", "reload", "approve", "approved"];

test.each(STEPS)("after a death at %s an upgrade is undone whole", async (step) => {
  const first = opened();
  await first.installer.install(await packOf("1.0.0"), ["fs.read:/a"], true);
  live(first.home);
  const dying = opened(step);
  void dying.installer.install(await packOf("2.0.0"), ["fs.write"], true);
  await dying.reached;
  const copy = join(root, "after");
  cpSync(first.home, copy, { recursive: true });
  for (let start = 0; start < 2; start++) {
    const after = openOn(copy);
    await after.installer.recover();
    expect([sourceIn(copy), lived(copy), after.given()]).toEqual([
      "v1.0.0",
      ["mine", "memories"],
      ["fs.read:/a"],
    ]);
    expect(after.records.get("notes")?.asked).toEqual(["v1.0.0"]);
    expect(readdirSync(join(copy, "staging"))).toEqual([]);
    expect(after.note.mock.calls.map(([kind]) => kind)).toEqual(start === 0 ? ["module.restored"] : []);
  }
});

test.each(STEPS)("after a death at %s nothing is left of a first installation", async (step) => {
  const dying = opened(step);
  void dying.installer.install(await packOf("1.0.0"), ["fs.write"], true);
  await dying.reached;
  const copy = join(root, "after");
  cpSync(dying.home, copy, { recursive: true });
  const after = openOn(copy);
  await after.installer.recover();
  expect([existsSync(folderIn(copy)), after.given(), after.records.get("notes")]).toEqual([
    false,
    [],
    undefined,
  ]);
  expect(readdirSync(join(copy, "staging"))).toEqual([]);
});

test("a death after the installation held leaves it, and what lay about is cleared", async () => {
  const { home, installer } = opened();
  await installer.install(await packOf("1.0.0"), ["fs.read:/a"], true);
  cpSync(folderIn(home), join(home, "staging", "notes.previous"), { recursive: true });
  writeFileSync(join(home, "staging", "notes.previous", "agent.ts"), "older");
  const after = openOn(home);
  await after.installer.recover();
  expect([sourceIn(home), after.given()]).toEqual(["v1.0.0", ["fs.read:/a"]]);
  expect(readdirSync(join(home, "staging"))).toEqual([]);
});

test("what is removed goes to the trash, and coming back it waits for approval", async () => {
  const { home, installer, given, records } = opened();
  await installer.install(await packOf("1.0.0"), ["fs.read:/a"], true);
  await installer.remove("notes", false);
  expect([existsSync(folderIn(home)), given(), records.get("notes")]).toEqual([false, [], undefined]);
  expect(readdirSync(join(home, "trash"))).toHaveLength(1);
});

test("a module cut off while it is removed has lost its leave to run", async () => {
  const { home, installer, given, records } = opened();
  await installer.install(await packOf("1.0.0"), ["fs.read:/a"], true);
  rmSync(join(home, "trash"), { recursive: true });
  writeFileSync(join(home, "trash"), "in the way");
  await expect(installer.remove("notes", false)).rejects.toThrow();
  expect([existsSync(folderIn(home)), given(), records.get("notes")]).toEqual([true, [], undefined]);
});

test("a template becomes a module of its own name; one that is not there, or lies elsewhere, does not", async () => {
  const { home, installer } = opened();
  const source = join(home, "templates", "agent-ts");
  mkdirSync(join(source, "node_modules"), { recursive: true });
  const manifest = {
    id: "template",
    version: "1.0.0",
    kind: "agent",
    display_name: "T",
    entry: "agent.ts",
    abi_version: 1,
  };
  writeFileSync(join(source, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(source, "agent.ts"), "source");
  await installer.create("notes", "agent-ts", 'Ann\'s "notes"');
  expect(JSON.parse(readFileSync(join(folderIn(home), "manifest.json"), "utf8"))).toMatchObject({
    id: "notes",
    display_name: 'Ann\'s "notes"',
  });
  expect(readdirSync(folderIn(home)).sort()).toEqual(["agent.ts", "manifest.json", "workspace"]);
  await expect(installer.create("notes", "agent-ts", undefined)).rejects.toMatchObject({ code: "conflict" });
  for (const template of ["none", "..", ".", "../agents/notes.fwagent", ""])
    await expect(installer.create("other", template, undefined)).rejects.toMatchObject({
      code: "not_found",
      remedy: "There are: agent-ts.",
    });
  expect(readdirSync(join(home, "agents"))).toEqual(["notes.fwagent"]);
});
