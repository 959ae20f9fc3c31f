import { hash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, statSync } from "node:fs";
import { FieldworkError } from "#contract";
import { writeDurably } from "../storage/index.ts";

/** Master keys, the newest first. In a file of mode 0600, or from `FIELDWORK_KEY` (64 hexadecimal digits), which then cannot be rotated here. */
export interface KeyRing {
  current(): string;
  /** @throws FieldworkError `unavailable` when the key is not there. */
  key(id: string): Buffer;
  /** Adds a new key; it is on the disk before anything is encrypted with it. */
  add(): string;
  keepOnly(id: string): void;
}

const KEY = /^[0-9a-f]{64}$/;

export function openKeyRing(path: string, fromEnvironment: string | undefined): KeyRing {
  if (fromEnvironment !== undefined) return environmentRing(fromEnvironment.trim().toLowerCase());
  let keys: readonly Buffer[];
  if (existsSync(path)) keys = read(path);
  else {
    keys = [randomBytes(32)];
    write(path, keys);
  }
  return {
    current: () => keyIdOf(keys[0] as Buffer),
    key: (id) => find(keys, id),
    add() {
      const fresh = randomBytes(32);
      write(path, [fresh, ...keys]);
      keys = [fresh, ...keys];
      return keyIdOf(fresh);
    },
    keepOnly(id) {
      const kept = [find(keys, id)];
      write(path, kept);
      keys = kept;
    },
  };
}

function environmentRing(text: string): KeyRing {
  if (!KEY.test(text)) {
    throw new FieldworkError("home_invalid", "FIELDWORK_KEY is not 64 hexadecimal digits.", {
      remedy: "Make one with `openssl rand -hex 32`, or leave the variable out to use the key file.",
    });
  }
  const keys = [Buffer.from(text, "hex")];
  const refuse = (): never => {
    throw new FieldworkError(
      "conflict",
      "The master key comes from FIELDWORK_KEY and cannot be rotated here.",
      {
        remedy:
          "Start once without the variable to use a key file, or set the secrets anew under another key.",
      },
    );
  };
  return {
    current: () => keyIdOf(keys[0] as Buffer),
    key: (id) => find(keys, id),
    add: refuse,
    keepOnly: refuse,
  };
}

function find(keys: readonly Buffer[], id: string): Buffer {
  const found = keys.find((key) => keyIdOf(key) === id);
  if (found) return found;
  throw new FieldworkError("unavailable", "The master key these secrets were encrypted with is not here.", {
    remedy: "Bring back the key file from a backup (or FIELDWORK_KEY), or set the secrets anew.",
  });
}

function read(path: string): Buffer[] {
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  if (lines.length === 0 || lines.some((line) => !KEY.test(line))) {
    throw new FieldworkError("home_invalid", `The key file ${path} is damaged.`, {
      remedy: "Bring it back from a backup with `fw restore`.",
    });
  }
  return lines.map((line) => Buffer.from(line, "hex"));
}

function write(path: string, keys: readonly Buffer[]): void {
  writeDurably(path, `${keys.map((key) => key.toString("hex")).join("\n")}\n`);
}

const keyIdOf = (key: Uint8Array): string => hash("sha256", key).slice(0, 16);
