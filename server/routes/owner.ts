import type { Route } from "../route.ts";
import { face } from "./face.ts";

/** What the owner looks at and decides: grants, approvals, the journal. */
export const ownerRoutes: readonly Route[] = [
  face("GET", "/api/grants", "grant.list", {
    query: { module: { type: "string", summary: "Only of this module" } },
  }),
  face("GET", "/api/approvals", "approval.list", {
    query: {
      all: { type: "boolean", summary: "Those already decided too" },
      state: { type: "string", summary: "Only in this state: waiting, given, refused, expired, used" },
      module: { type: "string", summary: "Only of this module" },
      limit: { type: "integer", summary: "At most this many (500)" },
      before: { type: "string", summary: "`next` of the page before" },
    },
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
      agent: { type: "string", summary: "Only what this module does or what is about it" },
      session: { type: "string", summary: "Only of this session" },
      from: { type: "string", summary: "From this time on (ISO 8601)" },
      to: { type: "string", summary: "Before this time (ISO 8601)" },
      before: { type: "integer", summary: "Events before this sequence number" },
      newest: { type: "boolean", summary: "The newest ones instead of the oldest" },
      text: { type: "string", summary: "Only those that say all these words" },
    },
  }),
  face("GET", "/api/journal/events/{seq}", "journal.event", { numbers: ["seq"] }),
  face("GET", "/api/journal/traces/{trace}", "journal.trace"),
  face("GET", "/api/journal/verify", "journal.verify"),
];
