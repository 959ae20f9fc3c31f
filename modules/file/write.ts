import { randomBytes } from "node:crypto";
import { constants, fchmod, fsync as fsyncFile } from "node:fs";
import { lstat, open, rename, unlink } from "node:fs/promises";
import { promisify } from "node:util";
import { type CallContext, FieldworkError, fs, provide } from "#contract";
import { encode } from "./content.ts";
import { errnoOf } from "./errno.ts";
import { writingPart, wroteWhole } from "./own.ts";
import { checkRegular, createChild, openRegular, pinParent } from "./pin.ts";
import type { Place } from "./place.ts";
import { serve } from "./serve.ts";
import { writeBytes } from "./transfer.ts";
import { withinQuota } from "./usage.ts";

const [, fsWrite] = fs;
const fsync = promisify(fsyncFile);
const chmod = promisify(fchmod);

export const write = provide(
  fsWrite,
  serve(async ({ content, encoding, mode, offset }, place, context: CallContext) => {
    const bytes = encode(content, encoding);
    if (offset !== undefined) await overwrite(place, bytes, offset, context);
    else if (mode === "append") await append(place, bytes, context);
    else if (mode === "create") await create(place, bytes, context);
    else await replace(place, bytes, context);
    return { bytes: bytes.length };
  }),
);

async function overwrite(
  place: Place,
  bytes: Uint8Array,
  offset: number,
  context: CallContext,
): Promise<void> {
  using file = await openRegular(place.real, constants.O_RDWR);
  const growth = Math.max(0, offset + bytes.length - file.stats.size);
  await withinQuota(place, { bytes: growth, files: 0 }, context.host, () =>
    writingPart(file, context, () => writeBytes(file.handle, bytes, offset)),
  );
}

async function append(place: Place, bytes: Uint8Array, context: CallContext): Promise<void> {
  for (;;) {
    try {
      using file = await openRegular(place.real, constants.O_RDWR | constants.O_APPEND);
      const delta = { bytes: bytes.length, files: 0 };
      return await withinQuota(place, delta, context.host, () =>
        writingPart(file, context, () => writeBytes(file.handle, bytes, null)),
      );
    } catch (error) {
      if (errnoOf(error) !== "ENOENT") throw error;
    }
    try {
      return await create(place, bytes, context);
    } catch (error) {
      // Another call made the file in the meantime: append to that one.
      if (errnoOf(error) !== "EEXIST") throw error;
    }
  }
}

async function create(place: Place, bytes: Uint8Array, context: CallContext): Promise<void> {
  using parent = await pinParent(place.real);
  await withinQuota(place, { bytes: bytes.length, files: 1 }, context.host, async () => {
    using file = await createChild(parent, parent.name);
    try {
      await writeBytes(file.handle, bytes, 0);
    } catch (error) {
      await unlink(parent.child);
      throw error;
    }
  });
  wroteWhole(bytes, context);
}

/** Whoever reads sees the old file or the new one, also after a power cut. */
async function replace(place: Place, bytes: Uint8Array, context: CallContext): Promise<void> {
  using parent = await pinParent(place.real);
  if (!parent.stats.isDirectory()) throw new FieldworkError("not_found", `${place.shown} lies in no folder.`);
  const old = await lstat(parent.child).catch((error: unknown) => {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (old) checkRegular(old, place.real);
  const delta = { bytes: bytes.length - (old?.size ?? 0), files: old ? 0 : 1 };
  await withinQuota(place, delta, context.host, async () => {
    const name = `.fieldwork-${randomBytes(8).toString("hex")}.tmp`;
    const temporary = `${parent.path}/${name}`;
    try {
      using file = await createChild(parent, name);
      if (old) await chmod(file.handle, old.mode & 0o777);
      await writeBytes(file.handle, bytes, 0);
      await fsync(file.handle);
      await rename(temporary, parent.child);
    } catch (error) {
      await unlink(temporary).catch(() => undefined);
      throw error;
    }
    await syncFolder(parent.path);
  });
  wroteWhole(bytes, context);
}

/** Makes a rename in a folder last; Windows has no handle to a folder and no need. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  await using folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  await folder.sync();
}
