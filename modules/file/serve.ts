import type { CallContext } from "#contract";
import { translated } from "./errno.ts";
import { knownPlace, type Place, resolvePlace, targetsOf } from "./place.ts";

/**
 * A provider of a capability with one `path`: `targets` resolves it to its canonical place, `run` works on that place.
 * @param follow whether a link at the end of the path stands for what it leads to
 */
export function serve<A extends { readonly path: string }, R>(
  run: (args: A, place: Place, context: CallContext) => Promise<R>,
  { follow = true }: { readonly follow?: boolean } = {},
) {
  return {
    async targets(args: A, context: CallContext) {
      const place = await resolvePlace(args.path, follow, context);
      return { targets: targetsOf(place), args: { ...args, path: place.shown } };
    },
    run: (args: A, context: CallContext): Promise<R> =>
      translated(args.path, async () => run(args, await knownPlace(args.path, context), context)),
  };
}
