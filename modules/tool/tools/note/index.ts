/** Working notes. @module */
import type { Tool } from "#contract";
import { deleteNote } from "./delete.ts";
import { getNote } from "./get.ts";
import { listNotes } from "./list.ts";
import { setNote } from "./set.ts";

export const note: readonly Tool[] = [setNote, getNote, listNotes, deleteNote];
