import { answer } from "../answer.ts";
import { downloadFile } from "../download/index.ts";
import { type Route, route } from "../route.ts";
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
  face("POST", "/api/agents/{id}/duplicate", "agent.duplicate"),
  face("GET", "/api/agents/{id}/files", "agent.files"),
  route({
    method: "GET",
    path: "/api/agents/{id}/export",
    summary: "Download a module's folder as `<id>.fwagent.zip`; without secrets, state and workspace.",
    type: "application/zip",
    capability: "agent.export",
    async handle({ service, caller, params, signal }) {
      const reply = await service.kernel.call(caller, "agent.export", { id: params.id ?? "" }, { signal });
      if (!reply.ok) return answer(reply);
      return downloadFile((reply.result as { readonly path: string }).path, "application/zip", signal);
    },
  }),
  face("GET", "/api/templates", "agent.templates"),
];
