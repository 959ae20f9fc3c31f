import { existsSync } from "node:fs";
import { cp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { FieldworkError, type ModuleInfo } from "#contract";
import type { Grants } from "../grants/index.ts";
import type { ModuleRecords, Registry } from "../modules/index.ts";
import { declareIntent, dropIntent, findIntent, INTENT_ENDING, type Intent } from "./intent.ts";

export interface SwapParts {
  readonly staging: string;
  readonly registry: Registry;
  readonly records: ModuleRecords;
  readonly grants: Grants;
  /** Where a module is, or will be. */
  folderOf(id: string): string;
}

/** A new version takes an old one's place, whole or not at all, wherever the process dies. */
export interface Swap {
  /** Puts a staged folder in place of the installed one, or beside nothing; undone whole when the module then does not load. */
  swap(staged: string, id: string, load: () => Promise<ModuleInfo>): Promise<ModuleInfo>;
  /** Undoes what a death cut off; gives the ids of those modules. */
  recover(): Promise<string[]>;
}

const KEPT = ["workspace", "state.db", "state.db-wal", "state.db-shm"] as const;

export function createSwap({ staging, registry, records, grants, folderOf }: SwapParts): Swap {
  const previousOf = (id: string) => join(staging, `${id}.previous`);

  const swap = async (staged: string, id: string, load: () => Promise<ModuleInfo>): Promise<ModuleInfo> => {
    const target = folderOf(id);
    const previous = previousOf(id);
    await rm(previous, { recursive: true, force: true });
    const upgrading = existsSync(target);
    const intent: Intent = { id, upgrading, record: records.get(id) ?? null, grants: grants.list(id) };
    declareIntent(staging, intent);
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
      await dropIntent(staging, id);
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
    await dropIntent(staging, id);
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

  return {
    swap,
    async recover() {
      const restored: string[] = [];
      for (const name of await readdir(staging)) {
        if (!name.endsWith(INTENT_ENDING)) continue;
        const id = name.slice(0, -INTENT_ENDING.length);
        await putBack(findIntent(staging, id) as Intent);
        restored.push(id);
      }
      return restored;
    },
  };
}
