import type { Route } from "../route.ts";
import { face } from "./face.ts";

export const agentRoutes: readonly Route[] = [
  face("GET", "/api/agents", "agent.list", {
    query: { kind: { type: "string", summary: "Only modules of this kind" } },
  }),
  face("GET", "/api/agents/{id}", "agent.show"),
  face("DELETE", "/api/agents/{id}", "agent.remove", {
    query: { purge: { type: "boolean", summary: "Delete the folder instead of moving it to the trash" } },
  }),
  face("POST", "/api/agents/{id}/approve", "agent.approve"),
  face("POST", "/api/agents/{id}/enable", "agent.enable"),
  face("POST", "/api/agents/{id}/disable", "agent.disable"),
  face("POST", "/api/agents/{id}/config", "agent.config"),
];
