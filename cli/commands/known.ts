import { dim, type Span, styled, type Text } from "../terminal/index.ts";

/** What stands about something an agent knows, beside or below it; empty parts are left out. */
export const about = (
  parts: readonly string[],
  { tainted, indent = "  " }: { readonly tainted: boolean; readonly indent?: string },
): readonly Span[] => [
  dim(indent + parts.filter((part) => part !== "").join(" · ")),
  ...(tainted ? [styled("yellow", " · from outside")] : []),
];

/** Each of a list as text, or what is said where there are none. */
export const listed = <T>(list: readonly T[], describe: (one: T) => Text, none: string): Text =>
  list.length === 0 ? [none] : list.flatMap((one) => describe(one));
