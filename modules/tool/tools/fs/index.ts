/** Files in the agent's workspace, and where granted beyond. @module */
import type { Tool } from "#contract";
import { appendFile } from "./append.ts";
import { deleteFile } from "./delete.ts";
import { editFile } from "./edit.ts";
import { globFiles } from "./glob.ts";
import { grepFiles } from "./grep.ts";
import { listFolder } from "./list.ts";
import { makeFolder } from "./mkdir.ts";
import { moveFile } from "./move.ts";
import { patchFiles } from "./patch.ts";
import { readFile } from "./read.ts";
import { statPath } from "./stat.ts";
import { undoChange } from "./undo.ts";
import { writeFile } from "./write.ts";

export const fs: readonly Tool[] = [
  readFile,
  writeFile,
  appendFile,
  editFile,
  patchFiles,
  listFolder,
  globFiles,
  grepFiles,
  statPath,
  makeFolder,
  moveFile,
  deleteFile,
  undoChange,
];
