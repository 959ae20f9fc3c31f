import { answer } from "../answer.ts";
import { downloadFolder } from "../download/index.ts";
import { type Route, route } from "../route.ts";
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
    capability: "backup.locate",
    async handle({ service, caller, params, signal }) {
      const name = params.name ?? "";
      const found = await service.kernel.call(caller, "backup.locate", { name }, { signal });
      if (!found.ok) return answer(found);
      const { path } = found.result as { readonly path: string };
      return downloadFolder(path, `fieldwork-backup-${name}`, signal);
    },
  }),
  face("DELETE", "/api/backups/{name}", "backup.delete"),
  face("POST", "/api/backups/{name}/restore", "system.restore"),
  face("POST", "/api/restart", "system.restart"),
];
