import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";
import { UNDO_MAX_BYTES } from "../../changes.ts";
import type { WorkPlace } from "../../place.ts";
import { changeFile } from "./change.ts";
import { readWhole, textOf } from "./content.ts";
import { path } from "./path.ts";

export const editFile = defineTool({
  name: "fs.edit",
  version: 1,
  title: "Edit a file",
  summary: "Replace an exact piece of a text file. The piece must occur once, or `all` must be set.",
  keywords:
    "change modify replace in file substitute fix correct update ändern bearbeiten ersetzen editar modifier",
  input: z.object({
    path,
    old: z.string().min(1).max(1_000_000).describe("The text to replace, exactly as it stands in the file"),
    new: z.string().max(1_000_000).describe("What stands there instead"),
    all: z.boolean().default(false).describe("Replace every occurrence"),
  }),
  output: z.object({
    replaced: z.int().describe("How many pieces were replaced"),
    lines: z.array(z.int()).describe("Lines where the first of them stand now"),
    bytes: z.int().describe("Size of the file now"),
    undoable: z.boolean().describe("fs.undo can take it back"),
  }),
  needs: ["fs.read", "fs.write"],
  effect: "write",
  runs: "anywhere",
  decisive: "path",
  examples: [{ path: "notes/plan.md", old: "seeds", new: "seeds and soil" }],
  async run({ path, old, new: fresh, all }, place: WorkPlace) {
    const bytes = await readWhole(path, place);
    const text = textOf(bytes, path);
    // Files with Windows line ends are edited by models that write plain ones.
    const windows = !text.includes(old) && text.includes("\r\n");
    const [wanted, put] = windows ? [withReturns(old), withReturns(fresh)] : [old, fresh];
    const found = positions(text, wanted);
    if (found.length === 0) throw notThere(path, text, wanted, place);
    if (found.length > 1 && !all)
      throw new FieldworkError("conflict", `The text occurs ${found.length} times in ${path}.`, {
        remedy: "Give more of the lines around it so that it occurs once, or set all.",
        details: { lines: found.slice(0, 20).map((at) => lineOf(text, at)) },
      });
    const changed = text.split(wanted).join(put);
    const grown = put.length - wanted.length;
    const lines = found.slice(0, 20).map((at, n) => lineOf(changed, at + n * grown));
    const before = bytes.length > UNDO_MAX_BYTES ? "too large" : bytes;
    const result = await changeFile("fs.edit", path, changed, before, place, place.changes.isOwn(bytes));
    return { replaced: found.length, lines, bytes: result.bytes, undoable: result.undoable };
  },
});

const withReturns = (text: string): string => text.replace(/\r?\n/g, "\r\n");

function positions(text: string, wanted: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) found.push(at);
  return found;
}

function lineOf(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < position; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** Says where the text would be but for its white space, which is what models mostly get wrong. */
function notThere(path: string, text: string, wanted: string, place: WorkPlace): FieldworkError {
  const bare = (line: string) => line.trim().replace(/\s+/g, " ");
  const first = bare(wanted.split("\n").find((line) => line.trim() !== "") ?? "");
  const lines = text.split("\n");
  const near = first === "" ? -1 : lines.findIndex((line) => bare(line).includes(first));
  if (near < 0)
    return new FieldworkError("not_found", `The text does not occur in ${path}.`, {
      remedy: "Read the file and copy the piece exactly, with its spaces.",
    });
  place.taint();
  return new FieldworkError(
    "not_found",
    `The text does not occur in ${path} as it was given; line ${near + 1} is near.`,
    {
      remedy: "Copy the piece exactly, with its spaces and line breaks.",
      details: { line: near + 1, text: (lines[near] ?? "").slice(0, 300) },
    },
  );
}
