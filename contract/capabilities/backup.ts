import { z } from "zod";
import { done, empty, isoTime } from "../schema.ts";
import { owner } from "./grades.ts";

/** The name of a backup: of its folder in the home's `backups/`. */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, "the name of a folder in backups/");

const backupInfo = z.object({
  name: z.string(),
  path: z.string(),
  created_at: isoTime,
  /** Of the program that made it. */
  version: z.string(),
  data_format: z.int(),
  files: z.int(),
  bytes: z.int(),
  /** Can this program restore it? */
  usable: z.boolean(),
  problem: z.string().nullable(),
});
export type BackupInfo = z.infer<typeof backupInfo>;

export const backups = [
  owner(
    "backup.list",
    "read",
    "The backups in the home's `backups/`, newest first.",
    empty,
    z.object({ backups: z.array(backupInfo) }),
  ),
  owner(
    "backup.locate",
    "system",
    "Where a backup in the home is, to take it away: it holds the secrets with their key.",
    z.strictObject({ name }),
    z.object({ path: z.string() }),
    { confirm: true },
  ),
  owner(
    "backup.delete",
    "system",
    "Delete a backup in the home's `backups/`.",
    z.strictObject({ name }),
    done,
  ),
  owner(
    "system.backup",
    "system",
    "A consistent copy of the home while it runs. Tells `work.progress` as it goes; ends, and leaves nothing, when its caller leaves.",
    z.strictObject({ to: z.string().max(4096).optional() }),
    z.object({ path: z.string(), bytes: z.int(), files: z.int() }),
    // In the home it stays where it is as safe as the home itself.
    { confirm: ({ to }) => to !== undefined },
  ),
  owner(
    "system.restore",
    "system",
    "Put a backup in the place of the home: prove it whole, prepare it beside the home and start it once to see that it runs, then exchange and restart. Until the exchange nothing is touched; the present home is kept beside the restored one.",
    z.strictObject({ name }),
    /** `kept`: where the present home will be. */
    z.object({ restarting: z.literal(true), kept: z.string(), files: z.int(), created_at: isoTime }),
    { confirm: true },
  ),
  owner(
    "system.restart",
    "system",
    "Stop the server in order and start it again.",
    empty,
    z.object({ restarting: z.literal(true) }),
  ),
  owner("system.stop", "system", "Stop the server in order.", empty, z.object({ stopping: z.literal(true) })),
] as const;
