import type { Route } from "../route.ts";
import { face } from "./face.ts";

/** What the owner looks at and decides: grants, approvals, the journal. */
export const ownerRoutes: readonly Route[] = [
  face("GET", "/api/grants", "grant.list", {
    query: { module: { type: "string", summary: "Only of this module" } },
  }),
  face("GET", "/api/approvals", "approval.list", {
    query: { all: { type: "boolean", summary: "Those already decided too" } },
  }),
  face("POST", "/api/approvals/{id}/give", "approval.give"),
  face("POST", "/api/approvals/{id}/refuse", "approval.refuse"),
  face("GET", "/api/journal", "journal.query", {
    query: {
      after: { type: "integer", summary: "Events after this sequence number" },
      limit: { type: "integer", summary: "At most this many (1000)" },
      trace: { type: "string", summary: "Only of this trace" },
      kind: { type: "string", summary: "Only of this kind" },
      actor: { type: "string", summary: "Only by this actor" },
      newest: { type: "boolean", summary: "The newest ones instead of the oldest" },
    },
  }),
  face("GET", "/api/journal/verify", "journal.verify"),
];
