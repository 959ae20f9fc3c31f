import type { BackupInfo } from "#contract";
import { defineCommand } from "../command/index.ts";
import { localTime, type Span, sizeText, styled, table } from "../terminal/index.ts";

export const backupList = defineCommand({
  name: "backup list",
  summary: "The backups in the home, newest first",
  words: [],
  options: {},
  examples: ["fw backup list"],
  async run({ place }) {
    const data = await place.call<{ backups: BackupInfo[] }>("backup.list", {});
    const rows = data.backups.map((one): Span[] => [
      one.name,
      one.problem === null ? localTime(one.created_at) : "-",
      sizeText(one.bytes),
      String(one.files),
      one.problem === null ? one.version : styled("red", one.problem),
    ]);
    const text = table(
      ["NAME", "MADE", "SIZE", "FILES", "BY VERSION"],
      rows,
      place.terminal.width,
      "There are none. Make one with `fw backup`.",
    );
    return { data, text };
  },
});

export const backupDelete = defineCommand({
  name: "backup delete",
  summary: "Delete a backup in the home",
  words: ["NAME"],
  options: {},
  examples: ["fw backup delete 2026-01-31T08-00-00Z"],
  async run({ words, place }) {
    const data = await place.call("backup.delete", { name: words.NAME });
    return { data, text: [`${words.NAME} is deleted.`] };
  },
});
