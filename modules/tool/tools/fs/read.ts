import { z } from "zod";
import { defineTool } from "#contract";
import type { WorkPlace } from "../../place.ts";
import { readBytes, taintUnlessOwn, textOf } from "./content.ts";
import { path } from "./path.ts";

const LINES_MAX = 2000;
const CHARS_MAX = 40_000;
const FILE_MAX_BYTES = 64 * 1024 * 1024;
const FIRST_BYTES = 512 * 1024;
const PART_BYTES = 4 * 1024 * 1024;

export const readFile = defineTool({
  name: "fs.read",
  version: 1,
  title: "Read a file",
  summary: "Read a text file, whole or a range of lines.",
  keywords:
    "open show view cat contents look into print head tail lesen datei öffnen anzeigen leer abrir archivo lire fichier",
  input: z.object({
    path,
    from_line: z.int().min(1).default(1).describe("First line, from 1"),
    lines: z.int().min(1).max(LINES_MAX).default(LINES_MAX).describe("How many lines at most"),
  }),
  output: z.object({
    content: z.string().describe("The lines, without numbers"),
    from_line: z.int().describe("Number of the first line"),
    to_line: z.int().describe("Number of the last line; 0 for an empty file"),
    total_lines: z
      .int()
      .nullable()
      .describe("Lines of the whole file; null where it was not read to its end"),
    bytes: z.int().describe("Size of the whole file"),
  }),
  needs: ["fs.read"],
  effect: "read",
  runs: "anywhere",
  decisive: "path",
  examples: [{ path: "notes/plan.md" }, { path: "notes/plan.md", from_line: 2, lines: 1 }],
  async run({ path, from_line, lines }, place: WorkPlace) {
    const { text, bytes, ended } = await textUpTo(path, from_line + lines, place);
    const all = text === "" ? [] : text.split("\n");
    if (all.at(-1) === "") all.pop();
    let chars = 0;
    const asked = all.slice(from_line - 1, from_line - 1 + lines);
    const kept = asked.filter((line, at) => {
      chars += line.length + 1;
      return at === 0 || chars <= CHARS_MAX;
    });
    const to_line = Math.min(all.length, from_line - 1) + kept.length;
    const total_lines = ended ? all.length : null;
    if (to_line < (total_lines ?? Number.POSITIVE_INFINITY) && kept.length > 0)
      place.note(`Lines ${to_line + 1} and on were not given; read them with from_line ${to_line + 1}.`);
    if (kept.length === 0 && all.length > 0) place.note(`The file ends at line ${all.length}.`);
    return { content: kept.join("\n"), from_line, to_line, total_lines, bytes };
  },
});

/** The text up to a line, read in parts so that a large file is not read whole for its beginning. */
async function textUpTo(path: string, line: number, place: WorkPlace) {
  const parts: Uint8Array[] = [];
  let read = 0;
  let seen = 0;
  for (;;) {
    place.signal.throwIfAborted();
    const { bytes, size } = await readBytes(path, place, {
      offset: read,
      length: read === 0 ? FIRST_BYTES : PART_BYTES,
    });
    parts.push(bytes);
    read += bytes.length;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) seen++;
    const ended = read >= size || bytes.length === 0;
    if (!ended && seen < line && read < FILE_MAX_BYTES) continue;
    const whole = Buffer.concat(parts);
    if (ended) taintUnlessOwn(whole, place);
    else place.taint();
    // A part may end inside of a character: only whole lines are of use.
    const text = ended ? whole : whole.subarray(0, whole.lastIndexOf(10) + 1);
    return { text: textOf(text, path), bytes: size, ended };
  }
}
