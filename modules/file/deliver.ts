import { createHash, randomBytes } from "node:crypto";
import { constants, fsync as fsyncFile } from "node:fs";
import { lstat, mkdir, rename, unlink } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { capability, FieldworkError, type Host, provide } from "#contract";
import { errnoOf, translated } from "./errno.ts";
import { createChild, openRegular, pinParent } from "./pin.ts";
import { type Place, resolvePlace } from "./place.ts";
import { readBytes, writeBytes } from "./transfer.ts";
import { account, withinQuota } from "./usage.ts";

const CHUNK_BYTES = 1024 * 1024;
const fsync = promisify(fsyncFile);

/** What comes with a message lies in `inbox/`: nothing that is there is written over. */
export const deliver = provide(capability("fs.deliver"), ({ to, name, from, hash }, { host }) =>
  translated(`inbox/${name}`, async () => {
    const extension = extname(name);
    const other = `${name.slice(0, name.length - extension.length)}-${hash.slice(0, 12)}${extension}`;
    for (const one of [name, other]) {
      const place = await inboxPlace(host, to, `inbox/${one}`);
      const there = await hashOf(place.real);
      if (there === hash) return { path: shown(place) };
      if (there !== undefined) continue;
      await copy(host, from, place);
      return { path: shown(place) };
    }
    throw new FieldworkError("conflict", `The inbox of ${to} has another file called ${other}.`);
  }),
);

/** A file that the agent changed since stays. */
export const withdraw = provide(capability("fs.withdraw"), ({ from, path, hash }, { host }) =>
  translated(path, async () => {
    const place = await inboxPlace(host, from, path);
    if ((await hashOf(place.real)) !== hash) return { withdrawn: false };
    using parent = await pinParent(place.real);
    const { size } = await lstat(parent.child);
    await unlink(parent.child);
    account(place, { bytes: -size, files: -1 });
    return { withdrawn: true };
  }),
);

const shown = ({ shown: path }: Place): string => path.replace(/^\/workspace\//, "");

/** @throws FieldworkError `denied` where a link leads out of the workspace */
async function inboxPlace(host: Host, module: string, path: string): Promise<Place> {
  const workspace = join(host.folderOf(module), "workspace");
  const found = await lstat(workspace).catch(() => undefined);
  if (found && !found.isDirectory())
    throw new FieldworkError("module_invalid", `The workspace of ${module} is not a plain folder.`);
  const place = await resolvePlace(path, false, { workspace, host });
  if (place.area === "workspace") return place;
  throw new FieldworkError("denied", `The inbox of ${module} leads out of its workspace.`, {
    remedy: "Delete the link `inbox` in the agent's workspace.",
  });
}

/** The hash of the file at a path; nothing where there is none. */
async function hashOf(real: string): Promise<string | undefined> {
  try {
    using file = await openRegular(real, constants.O_RDONLY);
    const digest = createHash("sha256");
    for (let at = 0; ; at += CHUNK_BYTES) {
      const bytes = await readBytes(file.handle, at, CHUNK_BYTES);
      digest.update(bytes);
      if (bytes.length < CHUNK_BYTES) return digest.digest("hex");
    }
  } catch (error) {
    const code = errnoOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    // Something else bears the name.
    if (error instanceof FieldworkError && (error.code === "invalid_input" || error.code === "denied"))
      return "";
    throw error;
  }
}

async function copy(host: Host, from: string, place: Place): Promise<void> {
  using source = await openRegular(from, constants.O_RDONLY);
  using parent = await inboxFolder(host, place);
  await withinQuota(place, { bytes: source.stats.size, files: 1 }, host, async () => {
    const name = `.fieldwork-${randomBytes(8).toString("hex")}.tmp`;
    const temporary = `${parent.path}/${name}`;
    try {
      using file = await createChild(parent, name);
      for (let at = 0; ; at += CHUNK_BYTES) {
        const bytes = await readBytes(source.handle, at, CHUNK_BYTES);
        await writeBytes(file.handle, bytes, at);
        if (bytes.length < CHUNK_BYTES) break;
      }
      await fsync(file.handle);
      await rename(temporary, parent.child);
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
  });
}

async function inboxFolder(host: Host, place: Place) {
  try {
    return await pinParent(place.real);
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
  const folder = join(place.real, "..");
  using above = await pinParent(folder);
  await withinQuota(place, { bytes: 0, files: 1 }, host, () => mkdir(above.child, { mode: 0o700 })).catch(
    (error) => {
      if (errnoOf(error) !== "EEXIST") throw error;
    },
  );
  return pinParent(place.real);
}
