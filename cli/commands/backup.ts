import { resolve } from "node:path";
import { DATA_FORMAT, FieldworkError } from "#contract";
import { createBackup, restoreBackup, rollbackHome } from "../backup/index.ts";
import { defineCommand, type Place } from "../command/index.ts";
import { requireHome } from "../home/index.ts";
import { findServer } from "../server/index.ts";
import { counted, dim, localTime, sizeText } from "../terminal/index.ts";

export const backup = defineCommand({
  name: "backup",
  summary: "Make a consistent copy of the home, also while the server runs",
  words: [],
  options: {
    to: {
      type: "string",
      value: "PATH",
      summary: "The folder to make (default: backups/<time> in the home)",
    },
  },
  details: [
    "It holds everything but logs, caches and other backups; also the encrypted secrets and their key: keep it safe.",
  ],
  examples: ["fw backup", "fw backup --to /media/disk/fieldwork-backup"],
  async run({ options, place }) {
    const to = options.to === undefined ? undefined : resolve(options.to);
    const data = await made(place, to);
    const { skipped = [] } = data;
    return {
      data,
      text: [
        data.path,
        dim(`${counted(data.files, "file")}, ${sizeText(data.bytes)}`),
        ...(skipped.length > 0
          ? [dim(`Links and special files are not held: ${skipped.slice(0, 5).join(", ")}`)]
          : []),
      ],
    };
  },
});

interface Made {
  readonly path: string;
  readonly bytes: number;
  readonly files: number;
  readonly skipped?: readonly string[];
}

async function made(place: Place, to: string | undefined): Promise<Made> {
  if (await findServer(place.home)) return place.call("system.backup", to === undefined ? {} : { to });
  requireHome(place.home);
  return createBackup(place.home, to, new Date());
}

export const restore = defineCommand({
  name: "restore",
  summary: "Put a backup in the place of the home; the server must be stopped",
  words: ["PATH"],
  options: {},
  details: [
    "The backup is proved whole before anything is touched, and the present home is kept beside the restored one.",
  ],
  examples: ["fw restore ~/.fieldwork/backups/2026-01-31T08-00-00Z"],
  async run({ words, place }) {
    await requireStopped(place, "restore");
    const data = await restoreBackup(place.home, words.PATH, new Date());
    return {
      data,
      text: [
        `Restored ${counted(data.files, "file")} of ${localTime(data.created_at)} into ${data.home}.`,
        ...(data.kept === null ? [] : [`The home as it was is kept in ${data.kept}.`]),
      ],
    };
  },
});

export const rollback = defineCommand({
  name: "rollback",
  summary: "Go back to the home from before the last upgrade; the server must be stopped",
  words: [],
  options: {},
  details: ["What happened since the upgrade stays in a folder beside the home."],
  examples: ["fw rollback"],
  async run({ place }) {
    await requireStopped(place, "rollback");
    const data = await rollbackHome(place.home, new Date());
    return {
      data,
      text: [
        `The home is as it was before the upgrade (data format ${data.data_format ?? "unknown"}).`,
        `The newer one is kept in ${data.kept}.`,
        ...(data.data_format !== null && data.data_format < DATA_FORMAT
          ? ["Start it with the program you had before, or upgrade again."]
          : []),
      ],
    };
  },
});

async function requireStopped({ home }: Place, verb: string): Promise<void> {
  const server = await findServer(home);
  if (!server) return;
  throw new FieldworkError("conflict", `The server is running (process ${server.pid}).`, {
    remedy: `Stop it with ./stop.sh or \`fw stop\`, then repeat \`fw ${verb}\`.`,
  });
}
