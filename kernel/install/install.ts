import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Ask, FieldworkError, formatGrant, type Manifest, type ModuleInfo } from "#contract";
import type { Grants } from "../grants/index.ts";
import {
  askedTexts,
  asksOf,
  type Decision,
  FOLDER_ENDING,
  type ModuleRecords,
  type Registry,
  readFolder,
} from "../modules/index.ts";
import { exportable, type PackListing, pack, readPack, unpack } from "../packs/index.ts";
import { copyModule } from "./copy-module.ts";
import { declareIntent, dropIntent, findIntent, INTENT_ENDING, type Intent } from "./intent.ts";
import { listTemplates, type Template } from "./templates.ts";

export interface InstallerOptions {
  /** Where module folders are. */
  readonly agents: string;
  /** On the same disk, so that a rename moves whole folders in one step. */
  readonly staging: string;
  readonly trash: string;
  readonly exports: string;
  readonly templates: string;
  readonly registry: Registry;
  readonly records: ModuleRecords;
  readonly grants: Grants;
  readonly now: () => number;
  readonly trashKeepDays: () => number;
  /** Told of each module that its owner copied. */
  copied(from: string, to: string, withState: boolean): void;
  /** Told of each module that its owner removed. */
  removed(id: string): void;
  note(kind: string, id: string, data?: Readonly<Record<string, string | number | boolean | null>>): void;
}

export interface PackSummary {
  readonly id: string;
  readonly kind: string;
  readonly display_name: string;
  readonly version: string;
  readonly replaces: string | null;
  readonly asks: Ask[];
  readonly new_asks: Ask[];
  readonly dropped: string[];
  readonly files: number;
  readonly bytes: number;
  readonly description: string;
  readonly author: string | null;
  readonly icon: string | null;
  /** Of the pack's file, in hexadecimal. */
  readonly sha256: string;
}

/** Modules come, are upgraded and go: each as a whole, in one rename, or not at all. */
export interface Installer {
  inspect(path: string): Promise<PackSummary>;
  /** @param sha256  the pack's file must have this hash, where it is given: that of the one that was looked at */
  install(path: string, decision: Decision, enable: boolean, sha256?: string): Promise<ModuleInfo>;
  templates(): Promise<Template[]>;
  create(id: string, template: string, displayName: string | undefined): Promise<ModuleInfo>;
  /** A second module with the same files, settings and grants; with its state, also what it remembers. */
  duplicate(id: string, to: string, displayName: string | undefined, withState: boolean): Promise<ModuleInfo>;
  export(id: string, withState: boolean): Promise<{ path: string; bytes: number; sha256: string }>;
  remove(id: string, purge: boolean): Promise<void>;
  /** Puts the modules that come with the program into a new home, each with all that it asks for. */
  ship(folder: string): Promise<void>;
  /** Clears what a death in the middle of an installation left behind. */
  recover(): Promise<void>;
}

const KEPT = ["workspace", "state.db", "state.db-wal", "state.db-shm"] as const;
const DAY_MS = 24 * 3600 * 1000;

export function createInstaller(options: InstallerOptions): Installer {
  const { registry, records, grants, note } = options;
  const folderOf = (id: string) => join(options.agents, `${id}${FOLDER_ENDING}`);
  const previousOf = (id: string) => join(options.staging, `${id}.previous`);
  const stamp = () => new Date(options.now()).toISOString().replaceAll(/[:.]/g, "-");
  let turn: Promise<unknown> = Promise.resolve();
  /** One change of the folders at a time. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => {});
    return next;
  };

  const installed = async (id: string): Promise<Manifest | undefined> =>
    existsSync(folderOf(id)) ? (await readFolder(folderOf(id))).manifest : undefined;

  const summarize = async ({ manifest, entries, bytes, sha256 }: PackListing): Promise<PackSummary> => {
    const { id } = manifest;
    const held = (capability: string, scope: string) => grants.scopes(id, capability).includes(scope);
    const asks = asksOf(manifest, held);
    const before = records.get(id)?.asked ?? [];
    const now = askedTexts(manifest);
    // What was asked before and refused is no news.
    const known = asksOf(
      { ...manifest, capabilities_required: [...before], capabilities_optional: [] },
      held,
    );
    const old = new Set(known.map(formatGrant));
    return {
      id,
      kind: manifest.kind,
      display_name: manifest.display_name,
      version: manifest.version,
      replaces: (await installed(id))?.version ?? null,
      asks,
      new_asks: asks.filter((ask) => !old.has(formatGrant(ask))),
      dropped: before.filter((text) => !now.includes(text)),
      files: entries.length,
      bytes,
      description: manifest.description ?? "",
      author: manifest.author ?? null,
      icon: manifest.icon ?? null,
      sha256,
    };
  };

  /** Puts a staged folder in place of the installed one, or beside nothing; undone whole when the module then does not load. */
  const swap = async (staged: string, id: string, load: () => Promise<ModuleInfo>): Promise<ModuleInfo> => {
    const target = folderOf(id);
    const previous = previousOf(id);
    await rm(previous, { recursive: true, force: true });
    const upgrading = existsSync(target);
    const intent: Intent = { id, upgrading, record: records.get(id) ?? null, grants: grants.list(id) };
    declareIntent(options.staging, intent);
    try {
      await registry.release(id, "it is being replaced");
      if (upgrading) {
        await keep(target, staged);
        await rename(target, previous);
      }
      await rename(staged, target);
      // Whoever only looked meanwhile has the old database open.
      await registry.release(id, "it was replaced");
      const info = await load();
      if (info.state === "broken") {
        throw new FieldworkError("module_invalid", `${id} does not load: ${info.problems[0]}`, {
          details: { problems: info.problems },
        });
      }
      await dropIntent(options.staging, id);
      // What is left of it is cleared at the next start.
      await rm(previous, { recursive: true, force: true }).catch(() => {});
      return info;
    } catch (error) {
      await registry.release(id, "the new version did not load");
      await putBack(intent);
      if (upgrading) await registry.reload(id);
      else registry.forget(id);
      throw error;
    }
  };

  /** Undoes an installation that is not complete, wherever it stopped; may itself be cut off and begun again. */
  const putBack = async ({ id, upgrading, record, grants: before }: Intent): Promise<void> => {
    const [target, previous] = [folderOf(id), previousOf(id)];
    const moved = existsSync(previous);
    if (moved || !upgrading) await rm(target, { recursive: true, force: true });
    if (moved) await rename(previous, target);
    grants.drop(id);
    grants.give(id, before);
    if (record) records.put(record);
    else records.delete(id);
    await dropIntent(options.staging, id);
  };

  /** Takes what an upgrade keeps over into the new version. */
  const keep = async (from: string, staged: string): Promise<void> => {
    for (const name of KEPT) {
      const kept = join(from, name);
      if (!existsSync(kept)) continue;
      await rm(join(staged, name), { recursive: true, force: true });
      await cp(kept, join(staged, name), {
        recursive: true,
        preserveTimestamps: true,
        verbatimSymlinks: true,
      });
    }
  };

  const stagingPlace = async (id: string): Promise<string> => {
    await mkdir(options.staging, { recursive: true, mode: 0o700 });
    const place = join(options.staging, `${id}-${stamp()}${FOLDER_ENDING}`);
    await rm(place, { recursive: true, force: true });
    return place;
  };

  return {
    inspect: async (path) => summarize(await readPack(path)),
    templates: () => listTemplates(options.templates),
    install: (path, decision, enable, sha256) =>
      alone(async () => {
        const { manifest, sha256: found } = await readPack(path);
        if (sha256 !== undefined && sha256 !== found)
          throw new FieldworkError("conflict", "This is not the pack that was looked at.", {
            remedy: "Look at what it asks for again, then decide.",
          });
        const { id } = manifest;
        const staged = await stagingPlace(id);
        try {
          await unpack(path, staged);
          await mkdir(join(staged, "workspace"), { recursive: true, mode: 0o700 });
          const load = async () => {
            await registry.reload(id);
            const approved = await registry.approve(id, decision);
            return enable || approved.state === "broken" ? approved : registry.setEnabled(id, false);
          };
          const info = await registry.hold(id, () => swap(staged, id, load));
          note("module.installed", id, { version: manifest.version });
          return info;
        } finally {
          await rm(staged, { recursive: true, force: true });
        }
      }),
    create: (id, template, displayName) =>
      alone(() =>
        registry.hold(id, async () => {
          if (existsSync(folderOf(id)))
            throw new FieldworkError("conflict", `There is a module ${id} already.`);
          const source = join(options.templates, basename(template));
          if (!existsSync(join(source, "manifest.json"))) {
            const names = (await readdir(options.templates, { withFileTypes: true }))
              .filter((one) => one.isDirectory())
              .map((one) => one.name);
            throw new FieldworkError("not_found", `There is no template ${template}.`, {
              remedy: `There are: ${names.join(", ")}.`,
            });
          }
          const staged = await stagingPlace(id);
          try {
            await cp(source, staged, {
              recursive: true,
              filter: (path) =>
                !/[\\/](target|node_modules|template\.json)([\\/]|$)/.test(path.slice(source.length)),
            });
            await changeManifest(staged, { id, display_name: displayName ?? id });
            await linkSdk(source, staged);
            await mkdir(join(staged, "workspace"), { recursive: true, mode: 0o700 });
            await rename(staged, folderOf(id));
          } finally {
            await rm(staged, { recursive: true, force: true });
          }
          await registry.reload(id);
          note("module.created", id, { template });
          return registry.approve(id, "required");
        }),
      ),
    duplicate: (id, to, displayName, withState) =>
      alone(() =>
        registry.hold(to, async () => {
          const { manifest, folder } = registry.entry(id);
          const record = records.get(id);
          if (!manifest) throw new FieldworkError("module_invalid", `${id} has no valid manifest.`);
          if (registry.has(to) || existsSync(folderOf(to)))
            throw new FieldworkError("conflict", `There is a module ${to} already.`);
          const staged = await stagingPlace(to);
          try {
            await copyModule(folder, staged, withState);
            await changeManifest(staged, {
              id: to,
              display_name: displayName ?? `${manifest.display_name} (copy)`,
            });
            await mkdir(join(staged, "workspace"), { recursive: true, mode: 0o700 });
            await rename(staged, folderOf(to));
          } finally {
            await rm(staged, { recursive: true, force: true });
          }
          await registry.reload(to);
          options.copied(id, to, withState);
          note("module.duplicated", to, { from: id, state: withState });
          // Whoever was not approved is not approved by being copied.
          if (!record) return registry.info(to);
          const info = await registry.approve(to, grants.list(id).map(formatGrant));
          registry.configure(to, record.config);
          return info.state === "broken" || record.enabled ? info : registry.setEnabled(to, false);
        }),
      ),
    export: (id, withState) =>
      alone(async () => {
        const { manifest } = registry.entry(id);
        if (!manifest) throw new FieldworkError("module_invalid", `${id} has no valid manifest.`);
        if (withState) {
          throw new FieldworkError("invalid_input", "A pack never carries a state: it is meant for others.", {
            remedy: "To take an agent along with its mind, copy its folder, or use `fw backup`.",
          });
        }
        await mkdir(options.exports, { recursive: true, mode: 0o700 });
        const path = join(options.exports, `${id}-${manifest.version}.fwagent.zip`);
        const packed = await pack(folderOf(id), path, {
          include: (file) => exportable(file) && !/^workspace\//.test(file),
        });
        note("module.exported", id, { path, sha256: packed.sha256 });
        return { path, bytes: packed.bytes, sha256: packed.sha256 };
      }),
    remove: (id, purge) =>
      alone(() =>
        registry.hold(id, async () => {
          registry.entry(id);
          await registry.release(id, "it is being removed");
          // The leave to run goes first: cut off here, the module waits for approval.
          grants.drop(id);
          records.delete(id);
          if (purge) await rm(folderOf(id), { recursive: true, force: true });
          else {
            await mkdir(options.trash, { recursive: true, mode: 0o700 });
            await rename(folderOf(id), join(options.trash, `${id}-${stamp()}${FOLDER_ENDING}`));
          }
          registry.forget(id);
          options.removed(id);
          note("module.removed", id, { purged: purge });
        }),
      ),
    ship: (folder) =>
      alone(async () => {
        const names = await readdir(folder, { recursive: true });
        for (const name of names.filter((one) => one.endsWith(FOLDER_ENDING)).sort()) {
          const id = basename(name, FOLDER_ENDING);
          if (existsSync(folderOf(id))) continue;
          await registry.hold(id, async () => {
            const staged = await stagingPlace(id);
            await cp(join(folder, name), staged, { recursive: true });
            await mkdir(join(staged, "workspace"), { recursive: true, mode: 0o700 });
            await rename(staged, folderOf(id));
            await registry.reload(id);
            await registry.approve(id, "all");
          });
          note("module.shipped", id);
        }
      }),
    async recover() {
      await mkdir(options.staging, { recursive: true, mode: 0o700 });
      for (const name of await readdir(options.staging)) {
        if (!name.endsWith(INTENT_ENDING)) continue;
        const id = name.slice(0, -INTENT_ENDING.length);
        await putBack(findIntent(options.staging, id) as Intent);
        note("module.restored", id);
      }
      for (const name of await readdir(options.staging)) {
        const path = join(options.staging, name);
        await rm(path, { recursive: true, force: true });
      }
      for (const name of await readdir(options.trash).catch(() => [])) {
        const path = join(options.trash, name);
        const found = await stat(path).catch(() => undefined);
        if (found && options.now() - found.ctimeMs > options.trashKeepDays() * DAY_MS)
          await rm(path, { recursive: true, force: true });
      }
    },
  };
}

async function changeManifest(folder: string, change: Readonly<Record<string, string>>): Promise<void> {
  const path = join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  await writeFile(path, `${JSON.stringify({ ...manifest, ...change }, null, 2)}\n`);
}

/** A template names its SDK by a path beside it; in the home that has to be the whole path. */
async function linkSdk(source: string, staged: string): Promise<void> {
  const text = await readFile(join(source, "template.json"), "utf8").catch(() => undefined);
  const { sdk } = (text ? JSON.parse(text) : {}) as { sdk?: { file: string; path: string } };
  if (!sdk) return;
  const file = join(staged, basename(sdk.file));
  const content = await readFile(file, "utf8");
  await writeFile(file, content.replaceAll(sdk.path, join(source, sdk.path).replaceAll("\\", "/")));
}
