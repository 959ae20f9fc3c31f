import { hash, randomUUID } from "node:crypto";
import { lstat, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ACTIONS, AGENT_FILE_MAX_BYTES, type AgentFile, FieldworkError, type ModuleInfo } from "#contract";
import type { Registry } from "../modules/index.ts";
import { isOpenFolder, isTextName, placeOf, roleOf } from "./place.ts";

const FILES_MAX = 1000;

export interface ModuleFilesOptions {
  readonly registry: Registry;
  /** On the same disk, so that a rename puts a file in place in one step. */
  readonly staging: string;
  note(kind: string, id: string, data?: Readonly<Record<string, string | number>>): void;
}

export interface FileText {
  readonly path: string;
  readonly content: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly modified_at: string;
}

/** The text files of modules; each change loads the module anew. */
export interface ModuleFiles {
  list(id: string): Promise<{ files: AgentFile[]; truncated: boolean }>;
  read(id: string, path: string): Promise<FileText>;
  /** @param expect  the hash that the file must still have; `null`: there must be none; `undefined`: whatever is there */
  write(
    id: string,
    path: string,
    content: string,
    expect: string | null | undefined,
  ): Promise<{ sha256: string; bytes: number; info: ModuleInfo }>;
  delete(id: string, path: string, expect: string | undefined): Promise<ModuleInfo>;
}

export function createModuleFiles({ registry, staging, note }: ModuleFilesOptions): ModuleFiles {
  let turn: Promise<unknown> = Promise.resolve();
  /** One change at a time, so that what was expected still holds when it is made. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => {});
    return next;
  };
  const folderOf = (id: string) => registry.entry(id).folder;

  return {
    list: (id) => listTexts(folderOf(id), registry.entry(id).manifest?.entry),
    read: async (id, path) => readText(await placeOf(folderOf(id), path), path),
    write: (id, path, content, expect) =>
      alone(() =>
        registry.hold(id, async () => {
          const bytes = Buffer.from(content);
          if (bytes.length > AGENT_FILE_MAX_BYTES) throw tooLarge(path);
          const at = await placeOf(folderOf(id), path);
          await requireHash(at, path, expect);
          await replace(at, bytes, staging);
          const sha256 = hash("sha256", bytes);
          note("module.file_written", id, { path, sha256, bytes: bytes.length });
          return { sha256, bytes: bytes.length, info: await registry.reload(id) };
        }),
      ),
    delete: (id, path, expect) =>
      alone(() =>
        registry.hold(id, async () => {
          const role = roleOf(path, registry.entry(id).manifest?.entry);
          if (role === "manifest" || role === "entry")
            throw new FieldworkError("conflict", `${id} cannot be without its ${path}.`, {
              remedy: "Change it, or remove the whole module.",
              action: ACTIONS.remove_agent(id),
            });
          const at = await placeOf(folderOf(id), path);
          await requireHash(at, path, expect ?? (await readText(at, path)).sha256);
          await rm(at);
          note("module.file_deleted", id, { path });
          return registry.reload(id);
        }),
      ),
  };
}

async function listTexts(
  folder: string,
  entry: string | undefined,
): Promise<{ files: AgentFile[]; truncated: boolean }> {
  const files: AgentFile[] = [];
  let truncated = false;
  const walk = async (prefix: string, depth: number): Promise<void> => {
    const found = await readdir(join(folder, prefix), { withFileTypes: true }).catch(() => []);
    for (const one of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = prefix === "" ? one.name : `${prefix}/${one.name}`;
      if (one.isDirectory() && isOpenFolder(one.name, depth)) await walk(path, depth + 1);
      if (!one.isFile() || !isTextName(one.name)) continue;
      if (files.length >= FILES_MAX) {
        truncated = true;
        return;
      }
      const at = await lstat(join(folder, path)).catch(() => undefined);
      if (!at || at.size > AGENT_FILE_MAX_BYTES) continue;
      files.push({ path, bytes: at.size, modified_at: at.mtime.toISOString(), role: roleOf(path, entry) });
    }
  };
  await walk("", 0);
  return { files, truncated };
}

async function readText(at: string, path: string): Promise<FileText> {
  const found = await stat(at).catch(() => undefined);
  if (!found) throw new FieldworkError("not_found", `There is no file ${path}.`);
  if (found.size > AGENT_FILE_MAX_BYTES) throw tooLarge(path);
  const bytes = await readFile(at);
  let content: string;
  try {
    content = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FieldworkError("invalid_input", `${path} is not UTF-8 text.`, {
      remedy: "Change it with a program made for its kind.",
    });
  }
  return {
    path,
    content,
    sha256: hash("sha256", bytes),
    bytes: bytes.length,
    modified_at: found.mtime.toISOString(),
  };
}

/** @throws FieldworkError `conflict` when somebody else changed the file. */
async function requireHash(at: string, path: string, expect: string | null | undefined): Promise<void> {
  if (expect === undefined) return;
  const bytes = await readFile(at).catch(() => undefined);
  const found = bytes === undefined ? null : hash("sha256", bytes);
  if (found === expect) return;
  const what =
    expect === null ? "is there already" : found === null ? "is gone" : "was changed since you read it";
  throw new FieldworkError("conflict", `${path} ${what}.`, {
    remedy: "Read it again, put your change into what is there now, then write it.",
    details: { path, sha256: found },
  });
}

/** Another file in its place in one rename, with the rights of the one before; on the disk when this returns. */
async function replace(at: string, bytes: Buffer, staging: string): Promise<void> {
  const before = await stat(at).catch(() => undefined);
  const temporary = join(staging, `${basename(at)}-${randomUUID()}`);
  await mkdir(staging, { recursive: true, mode: 0o700 });
  await mkdir(dirname(at), { recursive: true, mode: 0o700 });
  try {
    const file = await open(temporary, "wx", before ? before.mode & 0o777 : 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, at);
    if (process.platform !== "win32") await syncFolder(dirname(at));
  } finally {
    await rm(temporary, { force: true });
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const tooLarge = (path: string) =>
  new FieldworkError("too_large", `${path} is larger than ${AGENT_FILE_MAX_BYTES >> 20} MiB.`, {
    remedy: "Change it with an editor on this machine.",
  });
