import { lstat, rmdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { type CallContext, FieldworkError, fs, provide } from "#contract";
import { childrenOf } from "./list.ts";
import { checkHoldsNoHome } from "./machine.ts";
import { type Pin, pin, pinParent } from "./pin.ts";
import { homeOf, type Place } from "./place.ts";
import { serve } from "./serve.ts";
import { account } from "./usage.ts";

const [, , , , , , fsDelete] = fs;

/** Links are deleted, never followed; a folder is emptied through a handle to that very folder. */
export const remove = provide(
  fsDelete,
  serve(
    async ({ recursive }, place, context) => {
      checkNotRoot(place);
      if (place.area === "machine") checkHoldsNoHome(place.real, await homeOf(context));
      using parent = await pinParent(place.real);
      const stats = await lstat(parent.child);
      if (!stats.isDirectory()) {
        await unlink(parent.child);
        account(place, { bytes: -stats.size, files: -1 });
      } else {
        if (recursive) await empty(place.real, place, context);
        await rmdir(parent.child);
        account(place, { bytes: 0, files: -1 });
      }
      return { ok: true as const };
    },
    { follow: false },
  ),
);

export function checkNotRoot(place: Place): void {
  if (place.real === place.root)
    throw new FieldworkError("invalid_input", `${place.shown} itself stays; name what is in it.`);
}

async function empty(real: string, place: Place, context: CallContext): Promise<void> {
  context.signal.throwIfAborted();
  using folder: Pin = await pin(real);
  const { children, truncated } = await childrenOf(folder, true);
  for (const child of children) {
    const path = `${folder.path}/${child.name}`;
    if (child.isDirectory()) {
      await empty(join(real, child.name), place, context);
      await rmdir(path);
      account(place, { bytes: 0, files: -1 });
    } else {
      const { size } = await lstat(path);
      await unlink(path);
      account(place, { bytes: -size, files: -1 });
    }
  }
  if (truncated) await empty(real, place, context);
}
