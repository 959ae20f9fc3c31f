import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ACTIONS, FieldworkError } from "#contract";
import { writeDurably } from "../storage/index.ts";
import type { KeyRing } from "../vault/index.ts";
import { type FolderWatch, watchFolder } from "../watch/index.ts";
import type { Pin } from "./pin.ts";
import { differences, hashCore, isSigned, type Seal, signSeal } from "./seal.ts";
import {
  lockWithMasterKey,
  lockWithPassword,
  makeKey,
  type SealedKey,
  unlock,
  unlockWithMasterKey,
} from "./seal-key.ts";

/** Notices when the core was changed, at the start and while running, and keeps safe mode until its owner seals it anew. */
export interface Guardian {
  safeMode(): boolean;
  /** What differs, in words; empty when all is as it was sealed. */
  problems(): readonly string[];
  /** Compares the core with its seal; the first start makes the seal. */
  check(): Promise<void>;
  /** Watches the core from now on. */
  watch(): void;
  /** From now on the key opens with the owner's password alone; where it does so already, nothing changes. */
  protect(password: string): Promise<void>;
  /** The key opens with another password from now on. @throws FieldworkError `conflict` when it does not open with the present one. */
  reprotect(current: string, password: string): Promise<void>;
  /**
   * A new key under a password, for when the old one is forgotten. A seal that held is signed anew as it is, so that what was changed
   * in the core stays seen; one that did not hold stays broken.
   */
  renewKey(password: string): Promise<void>;
  /** Puts a key that the master key still protects under the newest master key. */
  rekey(): void;
  /** @throws FieldworkError `denied`, `conflict`. */
  reseal(password: string): Promise<number>;
  close(): void;
}

export interface GuardianOptions {
  /** The folder that holds `contract/` and `kernel/`. */
  readonly root: string;
  readonly sealFile: string;
  readonly keyFile: string;
  readonly pin: Pin;
  readonly ring: KeyRing;
  readonly now: () => number;
  changed(safeMode: boolean, problems: readonly string[]): void;
}

export function createGuardian(options: GuardianOptions): Guardian {
  let problems: readonly string[] = [];
  let watches: FolderWatch[] = [];
  let comparing = Promise.resolve();

  const iso = () => new Date(options.now()).toISOString();
  const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8")) as T;
  const writeJson = (path: string, value: unknown) =>
    writeDurably(path, `${JSON.stringify(value, null, 1)}\n`);
  const set = (found: readonly string[]) => {
    const same = found.length === problems.length && found.every((one, at) => one === problems[at]);
    problems = found;
    if (!same) options.changed(found.length > 0, found);
  };
  const readKey = (): SealedKey => {
    try {
      return readJson<SealedKey>(options.keyFile);
    } catch (cause) {
      throw new FieldworkError("conflict", "The key of the seal cannot be read.", {
        remedy: `Bring back ${options.keyFile} from a backup.`,
        cause,
      });
    }
  };
  /** The seal where its signature holds and is made with the key that is known. */
  const readSeal = (): Seal | undefined => {
    try {
      const seal = readJson<Seal>(options.sealFile);
      return isSigned(seal) && seal.public_key === options.pin.get() ? seal : undefined;
    } catch {
      return undefined;
    }
  };
  const compare = async (): Promise<string[]> => {
    let seal: Seal;
    try {
      seal = readJson<Seal>(options.sealFile);
      if (!isSigned(seal)) return ["the seal itself was changed: its signature does not hold"];
    } catch {
      return ["the seal cannot be read"];
    }
    if (seal.public_key !== options.pin.get()) return ["the seal was made with another key"];
    try {
      return differences(seal, await hashCore(options.root));
    } catch (error) {
      return [`the core cannot be read: ${(error as Error).message}`];
    }
  };
  /** One comparison after the other, so that an older one never has the last word. */
  const look = (): Promise<void> => {
    comparing = comparing.then(async () => set(await compare()));
    return comparing;
  };

  return {
    safeMode: () => problems.length > 0,
    problems: () => problems,
    async check() {
      const [sealThere, keyThere] = [existsSync(options.sealFile), existsSync(options.keyFile)];
      const first = !sealThere && options.pin.get() === undefined;
      if (first && !(keyThere && readKey().protected_by === "password")) {
        const key = keyThere ? unlockWithMasterKey(readKey(), options.ring) : makeKey();
        if (!keyThere) writeJson(options.keyFile, lockWithMasterKey(key, options.ring));
        const seal = signSeal(await hashCore(options.root), key, iso());
        options.pin.set(seal.public_key);
        writeJson(options.sealFile, seal);
        return;
      }
      if (sealThere) await look();
      else set(["the seal is missing"]);
    },
    watch() {
      watches = ["contract", "kernel"].map((name) =>
        watchFolder(join(options.root, name), () => void look(), { inside: () => true }),
      );
    },
    async protect(password) {
      const sealed = readKey();
      if (sealed.protected_by === "password") return;
      const key = await unlock(sealed, options.ring, undefined);
      writeJson(options.keyFile, await lockWithPassword(key, password));
    },
    async reprotect(current, password) {
      const sealed = readKey();
      // A death between this and the account leaves the key with the new password already.
      const key = await unlock(sealed, options.ring, current)
        .catch(() => unlock(sealed, options.ring, password))
        .catch((cause) => {
          throw new FieldworkError(
            "conflict",
            "The key of the seal does not open with the present password.",
            {
              remedy: "Set the password anew on the machine itself: the key is made anew with it.",
              action: ACTIONS.reset_password(),
              cause,
            },
          );
        });
      writeJson(options.keyFile, await lockWithPassword(key, password));
    },
    async renewKey(password) {
      const key = makeKey();
      const box = await lockWithPassword(key, password);
      const held = readSeal();
      const seal = signSeal(held?.files ?? {}, key, held?.sealed_at ?? iso());
      writeJson(options.keyFile, box);
      options.pin.replace(seal.public_key);
      if (held) writeJson(options.sealFile, seal);
      await look();
    },
    rekey() {
      const sealed = readKey();
      if (sealed.protected_by === "password") return;
      writeJson(options.keyFile, lockWithMasterKey(unlockWithMasterKey(sealed, options.ring), options.ring));
    },
    async reseal(password) {
      const sealed = readKey();
      if (sealed.protected_by !== "password") {
        throw new FieldworkError("conflict", "There is no owner yet whose password could seal the core.", {
          remedy: "Create the owner first.",
          action: ACTIONS.set_up(),
        });
      }
      const key = await unlock(sealed, options.ring, password);
      const files = await hashCore(options.root);
      writeJson(options.sealFile, signSeal(files, key, iso()));
      await look();
      return Object.keys(files).length;
    },
    close() {
      for (const one of watches) one.close();
    },
  };
}
