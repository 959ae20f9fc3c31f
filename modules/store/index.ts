/**
 * `store.kv.*` and `store.doc.*`: each module's own values and documents, kept in its own `state.db`.
 * @module
 */
import { defineModule } from "#contract";
import { doc } from "./doc.ts";
import { kv } from "./kv.ts";
import { settings } from "./limits.ts";
import { stateMigrations } from "./state.ts";

export default defineModule({
  id: "store",
  summary: "Values and documents that a module keeps.",
  provides: [...kv, ...doc],
  settings,
  stateMigrations,
});
