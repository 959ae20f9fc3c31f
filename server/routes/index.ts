import { openapi } from "../openapi.ts";
import { type Route, route } from "../route.ts";
import { accountRoutes } from "./account.ts";
import { agentRoutes } from "./agents.ts";
import { backupRoutes } from "./backups.ts";
import { blobRoutes } from "./blobs.ts";
import { callRoutes } from "./call.ts";
import { chatRoutes } from "./chat.ts";
import { eventRoutes } from "./events.ts";
import { mindRoutes } from "./mind.ts";
import { modelRoutes } from "./models.ts";
import { ownerRoutes } from "./owner.ts";
import { packRoutes } from "./packs.ts";
import { processRoutes } from "./process.ts";
import { sessionRoutes } from "./sessions.ts";
import { toolRoutes } from "./tools.ts";

let document: object | undefined;

/** Every route there is: what is not here does not answer. */
export const ROUTES: readonly Route[] = [
  ...processRoutes,
  ...accountRoutes,
  ...callRoutes,
  ...eventRoutes,
  ...chatRoutes,
  ...blobRoutes,
  ...agentRoutes,
  ...mindRoutes,
  ...sessionRoutes,
  ...modelRoutes,
  ...toolRoutes,
  ...packRoutes,
  ...backupRoutes,
  ...ownerRoutes,
  route({
    method: "GET",
    path: "/api/openapi.json",
    summary: "This interface as OpenAPI 3.1.",
    handle({ service }) {
      document ??= openapi(ROUTES, service.version);
      return Response.json(document);
    },
  }),
];
