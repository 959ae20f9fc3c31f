import { applyPatch, parsePatch } from "diff";
import { FieldworkError } from "#contract";

export interface PatchJob {
  readonly patch: string;
}
export interface FilePatch {
  /** `null`: the file is created by it. */
  readonly from: string | null;
  /** `null`: the file is deleted by it. */
  readonly to: string | null;
  readonly added: number;
  readonly removed: number;
}

const FILES_MAX = 100;

/** What a unified diff touches. @throws FieldworkError `invalid_input` */
export function readPatch({ patch }: PatchJob): readonly FilePatch[] {
  const files = parsed(patch);
  if (files.length === 0 || files.every(({ hunks }) => hunks.length === 0))
    throw unreadable("it has no hunk");
  if (files.length > FILES_MAX)
    throw new FieldworkError("too_large", `A patch may touch ${FILES_MAX} files at once.`);
  return files.map(({ oldFileName, newFileName, hunks }) => {
    const lines = hunks.flatMap((hunk) => hunk.lines);
    return {
      from: nameOf(oldFileName),
      to: nameOf(newFileName),
      added: lines.filter((line) => line.startsWith("+")).length,
      removed: lines.filter((line) => line.startsWith("-")).length,
    };
  });
}

/** The text of one file after its part of a patch; `null` where it does not fit. */
export function applyToFile({
  patch,
  at,
  text,
}: PatchJob & { readonly at: number; readonly text: string }): string | null {
  const file = parsed(patch)[at];
  if (!file) throw unreadable("it has no such part");
  const applied = applyPatch(text, file, { fuzzFactor: 1, autoConvertLineEndings: true });
  return applied === false ? null : applied;
}

function parsed(patch: string): ReturnType<typeof parsePatch> {
  try {
    return parsePatch(patch);
  } catch (error) {
    throw unreadable((error as Error).message);
  }
}

const unreadable = (why: string): FieldworkError =>
  new FieldworkError("invalid_input", `The patch cannot be read: ${why}`, {
    remedy:
      "Write a unified diff: --- and +++ with the paths, @@ -line,count +line,count @@, then lines that begin with a space, - or +.",
  });

/** The prefixes that version control puts before names are no folders. */
function nameOf(name: string | undefined): string | null {
  if (name === undefined || name === "/dev/null") return null;
  return name.replace(/^[ab]\//, "").replace(/\t.*$/, "");
}
