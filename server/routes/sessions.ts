import type { Route } from "../route.ts";
import { face } from "./face.ts";

const names = { id: "agent" };
const ONE = "/api/agents/{id}/sessions/{session}";

/** Conversations, the owner's hand on a running turn, and questions of agents. */
export const sessionRoutes: readonly Route[] = [
  face("GET", "/api/sessions", "session.list", {
    query: {
      agent: { type: "string", summary: "Only of this agent" },
      archived: { type: "boolean", summary: "The archived ones instead" },
      limit: { type: "integer", summary: "At most this many (100)" },
    },
  }),
  face("GET", "/api/sessions/search", "session.search", {
    names: { q: "query" },
    query: {
      q: { type: "string", summary: "The words" },
      agent: { type: "string", summary: "Only of this agent" },
      limit: { type: "integer", summary: "At most this many conversations (30)" },
    },
  }),
  face("GET", ONE, "session.show", {
    names,
    query: {
      after: { type: "integer", summary: "Entries after this number" },
      before: { type: "integer", summary: "Entries before this number" },
      limit: { type: "integer", summary: "At most this many (200)" },
      newest: { type: "boolean", summary: "The last ones of these instead of the first ones" },
      superseded: { type: "boolean", summary: "Those that were rewound too" },
    },
  }),
  face("POST", ONE, "session.change", { names }),
  face("POST", `${ONE}/branch`, "session.branch", { names }),
  face("POST", `${ONE}/rewind`, "session.rewind", { names }),
  face("DELETE", ONE, "session.delete", { names }),
  face("POST", `${ONE}/stop`, "turn.stop", { names }),
  face("POST", `${ONE}/add`, "turn.add", { names }),
  face("GET", "/api/questions", "question.list", {
    query: {
      all: { type: "boolean", summary: "Past ones too" },
      agent: { type: "string", summary: "Only of this agent" },
      limit: { type: "integer", summary: "At most this many (500)" },
      before: { type: "string", summary: "`next` of the page before" },
    },
  }),
  face("POST", "/api/questions/{id}/answer", "question.answer"),
];
