import { existsSync } from "node:fs";
import { cp, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { ACTIONS, FieldworkError, formatGrant, type ModuleInfo } from "#contract";
import type { Grants } from "../grants/index.ts";
import {
  type Decision,
  FOLDER_ENDING,
  type ModuleRecords,
  type Registry,
  readFolder,
} from "../modules/index.ts";
import { exportable, pack, readPack, unpack } from "../packs/index.ts";
import { copyModule } from "./copy-module.ts";
import { changeManifest } from "./manifest-file.ts";
import { type PackSummary, summaryOf } from "./summary.ts";
import { createSwap } from "./swap.ts";
import { copyTemplate, listTemplates, type Template } from "./templates.ts";

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

const DAY_MS = 24 * 3600 * 1000;

export function createInstaller(options: InstallerOptions): Installer {
  const { registry, records, grants, note } = options;
  const folderOf = (id: string) => join(options.agents, `${id}${FOLDER_ENDING}`);
  const { swap, recover } = createSwap({ ...options, folderOf });
  const stamp = () => new Date(options.now()).toISOString().replaceAll(/[:.]/g, "-");
  let turn: Promise<unknown> = Promise.resolve();
  /** One change of the folders at a time. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => {});
    return next;
  };

  const stagingPlace = async (id: string): Promise<string> => {
    await mkdir(options.staging, { recursive: true, mode: 0o700 });
    const place = join(options.staging, `${id}-${stamp()}${FOLDER_ENDING}`);
    await rm(place, { recursive: true, force: true });
    return place;
  };

  /** A new module's folder: filled beside, then put in its place in one step. */
  const bring = async (id: string, fill: (staged: string) => Promise<unknown>): Promise<void> => {
    const staged = await stagingPlace(id);
    try {
      await fill(staged);
      await mkdir(join(staged, "workspace"), { recursive: true, mode: 0o700 });
      await rename(staged, folderOf(id));
    } finally {
      await rm(staged, { recursive: true, force: true });
    }
    await registry.reload(id);
  };

  return {
    async inspect(path) {
      const listing = await readPack(path);
      const installed = folderOf(listing.manifest.id);
      const replaces = existsSync(installed) ? (await readFolder(installed)).manifest : undefined;
      return summaryOf(listing, replaces?.version ?? null, options);
    },
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
          await bring(id, async (staged) => {
            await copyTemplate(options.templates, template, staged);
            await changeManifest(staged, { id, display_name: displayName ?? id });
          });
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
          await bring(to, async (staged) => {
            await copyModule(folder, staged, withState);
            const display_name = displayName ?? `${manifest.display_name} (copy)`;
            await changeManifest(staged, { id: to, display_name });
          });
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
            remedy: "To take an agent along with its mind, copy its folder, or make a backup.",
            action: ACTIONS.make_backup(),
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
            await bring(id, (staged) => cp(join(folder, name), staged, { recursive: true }));
            await registry.approve(id, "all");
          });
          note("module.shipped", id);
        }
      }),
    async recover() {
      await mkdir(options.staging, { recursive: true, mode: 0o700 });
      for (const id of await recover()) note("module.restored", id);
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
