import { z } from "zod";
import { defineTool, FieldworkError, type Place } from "#contract";
import { atDesk } from "../../desk/index.ts";
import { readBytes } from "./content.ts";

const FILES_MAX = 1000;
const FILE_MAX_BYTES = 1024 * 1024;
const BATCH_MAX_BYTES = 8 * 1024 * 1024;
const ALL_MAX_BYTES = 64 * 1024 * 1024;
/** Such a pattern is the same as the text itself. */
const LITERAL = /^[^\\^$.*+?()[\]{}|]+$/;

interface Match {
  readonly path: string;
  readonly line?: number;
  readonly text?: string;
}
interface Found {
  readonly matches: readonly Match[];
  readonly truncated: boolean;
}

export const grepFiles = defineTool({
  name: "fs.grep",
  version: 1,
  title: "Search in files",
  summary: "Find the lines of files that a regular expression fits.",
  keywords:
    "search text inside content regex occurrences where does it say look for durchsuchen inhalt buscar texto rechercher",
  input: z.object({
    pattern: z.string().min(1).max(512).describe("Regular expression, or plain text with `literal`"),
    literal: z.boolean().default(false).describe("Take the pattern as plain text"),
    ignore_case: z.boolean().default(false).describe("Capital and small letters are the same"),
    path: z.string().max(4096).default("").describe("Folder to search; empty for the whole workspace"),
    glob: z.string().max(512).default("**").describe("Only files whose path fits, such as *.ts"),
    limit: z.int().min(1).max(500).default(100).describe("How many lines at most"),
  }),
  output: z.object({
    matches: z
      .array(
        z.object({
          path: z.string().describe("The file"),
          line: z.int().describe("Line number, from 1"),
          text: z.string().describe("The line, 500 characters at most"),
        }),
      )
      .describe("In the order of folders, names and lines"),
    truncated: z.boolean().describe("There may be more"),
  }),
  needs: ["fs.search", "fs.read"],
  effect: "read",
  runs: "anywhere",
  taints: true,
  decisive: "path",
  examples: [{ pattern: "seeds" }, { pattern: "^# \\w+", glob: "*.md", ignore_case: true }],
  async run({ pattern, literal, ignore_case, path, glob, limit }, place) {
    const plain = !ignore_case && (literal || LITERAL.test(pattern));
    const { matches, truncated } = plain
      ? ((await place.call("fs.search", { path, glob, text: pattern, limit })) as unknown as Found)
      : await byExpression(literal ? RegExp.escape(pattern) : pattern, ignore_case, path, glob, limit, place);
    if (truncated) place.note("There may be more; narrow it with path or glob, or raise limit.");
    return { matches: matches.map(({ path, line = 1, text = "" }) => ({ path, line, text })), truncated };
  },
});

async function byExpression(
  pattern: string,
  ignoreCase: boolean,
  path: string,
  glob: string,
  limit: number,
  place: Place,
): Promise<Found> {
  // An expression that cannot be read is told before any file is.
  await atDesk("match", { texts: [], pattern, ignoreCase, most: 1 }, place.signal);
  const files = (await place.call("fs.search", { path, glob, limit: FILES_MAX })) as unknown as Found;
  const matches: Match[] = [];
  let { truncated } = files;
  let texts: { name: string; text: string }[] = [];
  let batch = 0;
  let all = 0;
  const flush = async () => {
    const most = limit - matches.length;
    const found = await atDesk("match", { texts, pattern, ignoreCase, most }, place.signal);
    matches.push(...found.map(({ name, line, text }) => ({ path: name, line, text })));
    texts = [];
    batch = 0;
  };
  for (const file of files.matches) {
    place.signal.throwIfAborted();
    const read = await readableText(file.path, place);
    if (!read) continue;
    truncated ||= read.truncated;
    texts.push({ name: file.path, text: read.text });
    batch += read.text.length;
    all += read.text.length;
    if (batch >= BATCH_MAX_BYTES) {
      place.progress(`${Math.round(all / 1024)} KiB searched`);
      await flush();
    }
    if (matches.length >= limit || all >= ALL_MAX_BYTES) return { matches, truncated: true };
  }
  await flush();
  return { matches, truncated: truncated || matches.length >= limit };
}

/** The text of a file, or nothing where it is none or cannot be read: a search passes over it. */
async function readableText(path: string, place: Place) {
  try {
    const { bytes, truncated } = await readBytes(path, place, { offset: 0, length: FILE_MAX_BYTES });
    if (bytes.subarray(0, 8192).includes(0)) return undefined;
    return { text: Buffer.from(bytes).toString("utf8"), truncated };
  } catch (error) {
    if (error instanceof FieldworkError && error.code === "not_found") return undefined;
    throw error;
  }
}
