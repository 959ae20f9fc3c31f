import { openapi } from "../openapi.ts";
import { type Route, route } from "../route.ts";
import { agentRoutes } from "./agents.ts";
import { callRoutes } from "./call.ts";
import { eventRoutes } from "./events.ts";
import { ownerRoutes } from "./owner.ts";
import { packRoutes } from "./packs.ts";
import { processRoutes } from "./process.ts";

let document: object | undefined;

/** Every route there is: what is not here does not answer. */
export const ROUTES: readonly Route[] = [
  ...processRoutes,
  ...callRoutes,
  ...eventRoutes,
  ...agentRoutes,
  ...packRoutes,
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
