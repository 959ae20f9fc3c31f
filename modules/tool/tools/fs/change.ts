import { FieldworkError } from "#contract";
import { contentHash, UNDO_MAX_BYTES } from "../../changes.ts";
import type { WorkPlace } from "../../place.ts";
import { readWhole, statOf } from "./content.ts";
import { plainPath } from "./path.ts";

const encoder = new TextEncoder();

export interface Changed {
  readonly bytes: number;
  readonly created: boolean;
  /** `fs.undo` can take it back. */
  readonly undoable: boolean;
}

/** What a path holds before it is changed: its bytes, nothing, or more than is kept. */
export type Before = Uint8Array | null | "too large";

export async function beforeOf(path: string, place: WorkPlace): Promise<Before> {
  const { found, kind, size } = await statOf(path, place);
  if (!found) return null;
  if (kind === "directory")
    throw new FieldworkError("conflict", `${path} is a folder.`, { remedy: "Name a file." });
  return (size ?? 0) > UNDO_MAX_BYTES ? "too large" : await readWhole(path, place);
}

/**
 * Gives a file a new text; the change is kept for `fs.undo` before it happens.
 * @param own  what was written comes from the agent alone, not from what stood in the file
 */
export async function changeFile(
  tool: string,
  path: string,
  text: string,
  before: Before,
  place: WorkPlace,
  own: boolean,
): Promise<Changed> {
  const bytes = encoder.encode(text);
  const undoable = before !== "too large";
  const change = undoable
    ? place.changes.add({
        kind: "content",
        tool,
        path: plainPath(path),
        before,
        after: contentHash(bytes),
      })
    : undefined;
  try {
    await writeMakingFolders(path, text, place);
  } catch (error) {
    if (change !== undefined) place.changes.drop(change);
    throw error;
  }
  if (own && !place.tainted) place.changes.own(bytes);
  if (!undoable) place.note("The file was too large to keep what it was: this change cannot be undone.");
  return { bytes: bytes.length, created: before === null, undoable };
}

async function writeMakingFolders(path: string, content: string, place: WorkPlace): Promise<void> {
  try {
    await place.call("fs.write", { path, content });
  } catch (error) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    if (!(error instanceof FieldworkError) || error.code !== "not_found" || folder === "") throw error;
    await place.call("fs.mkdir", { path: folder });
    await place.call("fs.write", { path, content });
  }
}
