import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { FieldworkError } from "#contract";
import type { KeyRing } from "../vault/index.ts";
import { type FolderWatch, watchFolder } from "../watch/index.ts";
import { differences, hashCore, isSigned, type Seal, signSeal } from "./seal.ts";
import { lockWithMasterKey, lockWithPassword, makeKey, type SealedKey, unlock } from "./seal-key.ts";

/** Notices when the core was changed, at the start and while running, and keeps safe mode until its owner seals it anew. */
export interface Guardian {
  safeMode(): boolean;
  /** What differs, in words; empty when all is as it was sealed. */
  problems(): readonly string[];
  /** Compares the core with its seal; the first start makes the seal. */
  check(): Promise<void>;
  /** Watches the core from now on. */
  watch(): Promise<void>;
  /** From now on the key opens with this password alone. */
  protect(password: string): Promise<void>;
  /** @throws FieldworkError `denied`, `conflict`. */
  reseal(password: string): Promise<number>;
  close(): void;
}

export interface GuardianOptions {
  /** The folder that holds `contract/` and `kernel/`. */
  readonly root: string;
  readonly sealFile: string;
  readonly keyFile: string;
  readonly ring: KeyRing;
  readonly now: () => number;
  changed(safeMode: boolean, problems: readonly string[]): void;
}

export function createGuardian(options: GuardianOptions): Guardian {
  let problems: readonly string[] = [];
  let watches: FolderWatch[] = [];

  const iso = () => new Date(options.now()).toISOString();
  const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;
  const writeJson = (path: string, value: unknown) => {
    writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 1)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  const set = (found: readonly string[]) => {
    const was = problems.length > 0;
    const same = found.length === problems.length && found.every((one, at) => one === problems[at]);
    problems = found;
    if (!same || was !== found.length > 0) options.changed(found.length > 0, found);
  };
  const compare = async (): Promise<string[]> => {
    let seal: Seal;
    try {
      seal = readJson<Seal>(options.sealFile);
      if (!isSigned(seal)) return ["the seal itself was changed: its signature does not hold"];
    } catch {
      return ["the seal cannot be read"];
    }
    return differences(seal, await hashCore(options.root));
  };

  return {
    safeMode: () => problems.length > 0,
    problems: () => problems,
    async check() {
      const [sealThere, keyThere] = [existsSync(options.sealFile), existsSync(options.keyFile)];
      if (!sealThere && !keyThere) {
        const key = makeKey();
        writeJson(options.keyFile, lockWithMasterKey(key, options.ring));
        writeJson(options.sealFile, signSeal(await hashCore(options.root), key, iso()));
        return;
      }
      set(sealThere ? await compare() : ["the seal is missing"]);
    },
    async watch() {
      const again = () => void compare().then(set, () => {});
      const folders = ["contract", "kernel"].map((name) => join(options.root, name));
      for (const folder of [...folders]) {
        for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
          if (entry.isDirectory()) folders.push(join(entry.parentPath, entry.name));
        }
      }
      watches = folders.map((folder) => watchFolder(folder, again));
    },
    async protect(password) {
      const sealed = readJson<SealedKey>(options.keyFile);
      if (sealed.protected_by === "password")
        throw new FieldworkError("conflict", "The seal's key has its password already.");
      writeJson(
        options.keyFile,
        await lockWithPassword(await unlock(sealed, options.ring, undefined), password),
      );
    },
    async reseal(password) {
      const sealed = readJson<SealedKey>(options.keyFile);
      if (sealed.protected_by !== "password") {
        throw new FieldworkError("conflict", "There is no owner yet whose password could seal the core.", {
          remedy: "Create the owner first: fw setup --owner NAME --password-stdin",
        });
      }
      const key = await unlock(sealed, options.ring, password);
      const files = await hashCore(options.root);
      writeJson(options.sealFile, signSeal(files, key, iso()));
      set([]);
      return Object.keys(files).length;
    },
    close() {
      for (const one of watches) one.close();
    },
  };
}
