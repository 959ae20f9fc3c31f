/**
 * `fs.*`: the caller's workspace, the folder all modules may be granted, and granted paths of the machine.
 *
 * A path is made canonical before grants are compared, and what is opened afterwards is checked to be what was compared.
 * @module
 */
import { defineModule } from "#contract";
import { remove } from "./delete.ts";
import { deliver, withdraw } from "./deliver.ts";
import { list } from "./list.ts";
import { mkdir } from "./mkdir.ts";
import { move } from "./move.ts";
import { stateMigrations } from "./own.ts";
import { read } from "./read.ts";
import { search } from "./search.ts";
import { stat } from "./stat.ts";
import { truncate } from "./truncate.ts";
import { settings } from "./usage.ts";
import { write } from "./write.ts";

export default defineModule({
  id: "file",
  summary: "Files of workspaces, and of folders that were granted.",
  provides: [read, write, truncate, list, stat, mkdir, remove, move, search, deliver, withdraw],
  settings,
  stateMigrations,
});
