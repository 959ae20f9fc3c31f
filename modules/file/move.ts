import { lstat, rename } from "node:fs/promises";
import { type CallContext, FieldworkError, fs, provide } from "#contract";
import { checkNotRoot } from "./delete.ts";
import { errnoOf, translated } from "./errno.ts";
import { checkHoldsNoHome, isWithin } from "./machine.ts";
import { movingFile } from "./own.ts";
import { pinParent } from "./pin.ts";
import { homeOf, knownPlace, resolvePlace, targetsOf } from "./place.ts";
import { account, measure, withinQuota } from "./usage.ts";

const [, , , , , , , fsMove] = fs;
const NOTHING = { bytes: 0, files: 0 } as const;

interface Move {
  readonly from: string;
  readonly to: string;
  readonly overwrite: boolean;
}

/** A link is moved as a link; both ends need a grant where they lie outside the workspace. */
export const move = provide(fsMove, {
  async targets(args: Move, context: CallContext) {
    const from = await resolvePlace(args.from, false, context);
    const to = await resolvePlace(args.to, false, context);
    return { targets: targetsOf(from, to), args: { ...args, from: from.shown, to: to.shown } };
  },
  run: (args: Move, context: CallContext) =>
    translated(args.from, async () => {
      const from = await knownPlace(args.from, context);
      const to = await knownPlace(args.to, context);
      for (const place of [from, to]) {
        checkNotRoot(place);
        if (place.area === "machine") checkHoldsNoHome(place.real, await homeOf(context));
      }
      if (from.real === to.real) return { ok: true as const };
      if (isWithin(to.real, from.real))
        throw new FieldworkError("invalid_input", `${to.shown} lies in ${from.shown} itself.`);
      using source = await pinParent(from.real);
      await lstat(source.child);
      using destination = await translated(args.to, () => pinParent(to.real));
      const old = await lstat(destination.child).catch((error: unknown) => {
        if (errnoOf(error) === "ENOENT") return undefined;
        throw error;
      });
      if (old && !args.overwrite)
        throw new FieldworkError("conflict", `${to.shown} exists already.`, {
          remedy: "Choose another name, or set overwrite.",
        });
      const moved = from.root === to.root ? NOTHING : await measure(source.child);
      const paths = { from: source.child, to: destination.child };
      await withinQuota(to, moved, context.host, () =>
        movingFile(paths, context, () => rename(source.child, destination.child)),
      );
      account(from, { bytes: -moved.bytes, files: -moved.files });
      if (old) account(to, { bytes: old.isDirectory() ? 0 : -old.size, files: -1 });
      return { ok: true as const };
    }),
});
