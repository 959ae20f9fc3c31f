import { constants } from "node:fs";
import { join } from "node:path";
import { type CallContext, fs, provide } from "#contract";
import { errnoOf } from "./errno.ts";
import { compileGlob, type GlobState } from "./glob.ts";
import { childrenOf } from "./list.ts";
import { isClosed } from "./machine.ts";
import { taintUnlessOwn } from "./own.ts";
import { openChild, type Pin, pin } from "./pin.ts";
import { homeOf } from "./place.ts";
import { serve } from "./serve.ts";
import { checkFolder } from "./stat.ts";
import { readBytes } from "./transfer.ts";

const [, , , , , , , , fsSearch] = fs;

const LIMITS = {
  entries: 200_000,
  depth: 64,
  time_ms: 15_000,
  text_bytes: 536_870_912,
  /** Of a larger file the beginning is searched. */
  file_bytes: 4_194_304,
  line_characters: 500,
  binary_probe_bytes: 8192,
} as const;

interface Match {
  readonly path: string;
  readonly line?: number;
  readonly text?: string;
}
interface Folder {
  readonly real: string;
  readonly shown: string;
  readonly depth: number;
  readonly state: GlobState;
}

/** Walks folders in the order of their names; links are not followed, what cannot be read is left out. */
export const search = provide(
  fsSearch,
  serve(async ({ glob: pattern, text, limit }, place, context: CallContext) => {
    const glob = compileGlob(pattern);
    const needle = text === undefined ? undefined : Buffer.from(text);
    const home = await homeOf(context);
    const until = performance.now() + LIMITS.time_ms;
    const matches: Match[] = [];
    let entries = 0;
    let bytes = 0;
    let truncated = false;

    const first = { real: place.real, shown: shownBase(place.shown), depth: 0, state: glob.start };
    const waiting: Folder[] = [first];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      context.signal.throwIfAborted();
      let held: Pin;
      try {
        held = await pin(folder.real);
      } catch (error) {
        if (folder === first || errnoOf(error) === undefined) throw error;
        continue;
      }
      using here = held;
      if (folder === first) checkFolder(here, place.shown);
      const children = await childrenOf(here).catch((error: unknown) => {
        if (folder === first || errnoOf(error) === undefined) throw error;
        return { children: [], truncated: false };
      });
      truncated ||= children.truncated;
      const below: Folder[] = [];
      for (const child of children.children) {
        if (matches.length >= limit || ++entries > LIMITS.entries || performance.now() > until)
          return { matches, truncated: true };
        const state = glob.step(folder.state, child.name);
        if (state.length === 0) continue;
        const shown = folder.shown + child.name;
        const real = join(folder.real, child.name);
        if (child.isDirectory()) {
          if (place.area === "machine" && isClosed(real, home)) continue;
          if (folder.depth < LIMITS.depth)
            below.push({ real, shown: `${shown}/`, depth: folder.depth + 1, state });
          else truncated = true;
        } else if (child.isFile() && glob.accepts(state)) {
          if (needle === undefined) {
            matches.push({ path: shown });
            continue;
          }
          if (bytes > LIMITS.text_bytes) return { matches, truncated: true };
          const found = await linesOf(here, child.name, needle, limit - matches.length, context);
          bytes += found.bytes;
          truncated ||= found.truncated;
          for (const line of found.lines) matches.push({ path: shown, ...line });
        }
      }
      waiting.push(...below.reverse());
    }
    return { matches, truncated };
  }),
);

/** Paths in the workspace are shown relative to it, the way they are usually written. */
function shownBase(shown: string): string {
  if (shown === "/workspace") return "";
  const base = shown.endsWith("/") ? shown : `${shown}/`;
  return base.startsWith("/workspace/") ? base.slice("/workspace/".length) : base;
}

interface Lines {
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  readonly bytes: number;
  readonly truncated: boolean;
}
const NO_LINES: Lines = { lines: [], bytes: 0, truncated: false };

async function linesOf(
  folder: Pin,
  name: string,
  needle: Buffer,
  most: number,
  context: CallContext,
): Promise<Lines> {
  let content: Buffer;
  let size: number;
  try {
    using file = await openChild(folder, name, constants.O_RDONLY);
    if (!file) return NO_LINES;
    size = file.stats.size;
    content = await readBytes(file.handle, 0, Math.min(size, LIMITS.file_bytes));
    if (content.includes(needle)) await taintUnlessOwn(file, context);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return NO_LINES;
  }
  const bytes = content.length;
  if (content.subarray(0, LIMITS.binary_probe_bytes).includes(0)) return { ...NO_LINES, bytes };
  const lines: { line: number; text: string }[] = [];
  let line = 1;
  let start = 0;
  let counted = 0;
  for (let at = content.indexOf(needle); at >= 0; ) {
    if (lines.length === most) return { lines, bytes, truncated: true };
    for (let end = counted; end < at; end++) {
      if (content[end] !== 10) continue;
      line++;
      start = end + 1;
    }
    counted = at;
    const newline = content.indexOf(10, at);
    const end = newline < 0 ? content.length : newline;
    lines.push({ line, text: excerpt(content, start, at, end) });
    at = newline < 0 ? -1 : content.indexOf(needle, newline + 1);
  }
  return { lines, bytes, truncated: size > bytes };
}

/** The line, or of a long one the part around what was found. */
function excerpt(content: Buffer, start: number, found: number, end: number): string {
  const most = LIMITS.line_characters;
  const from = end - start <= most ? start : Math.max(start, found - most / 2);
  return content
    .subarray(from, Math.min(end, from + most))
    .toString()
    .replace(/\r$/, "");
}
