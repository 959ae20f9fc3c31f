import { type BackupInfo, FieldworkError } from "#contract";
import { answer } from "../answer.ts";
import { downloadFolder } from "../download/index.ts";
import { OWNER, type Route, route } from "../route.ts";
import { face } from "./face.ts";

/** Backups of the home, and its server's restart. */
export const backupRoutes: readonly Route[] = [
  face("GET", "/api/backups", "backup.list"),
  face("POST", "/api/backups", "system.backup"),
  route({
    method: "GET",
    path: "/api/backups/{name}",
    summary: "Download a backup as a tar archive.",
    type: "application/x-tar",
    capability: "backup.list",
    async handle({ service, params, signal }) {
      const listed = await service.kernel.call(OWNER, "backup.list", {}, { signal });
      if (!listed.ok) return answer(listed);
      const { backups } = listed.result as unknown as { readonly backups: readonly BackupInfo[] };
      const found = backups.find(({ name }) => name === params.name);
      if (!found)
        throw new FieldworkError("not_found", "There is no such backup.", {
          remedy: "List them with GET /api/backups.",
        });
      return downloadFolder(found.path, `fieldwork-backup-${found.name}`, signal);
    },
  }),
  face("DELETE", "/api/backups/{name}", "backup.delete"),
  face("POST", "/api/backups/{name}/restore", "system.restore"),
  face("POST", "/api/restart", "system.restart"),
];
