import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { FieldworkError } from "#contract";
import { parseQuery } from "../query.ts";
import { type Route, route } from "../route.ts";

const query = {
  after: {
    type: "integer",
    summary: "Begin after this sequence number; Last-Event-ID is stronger; without: now",
  },
  session: { type: "string", summary: "Only of this session" },
  agent: { type: "string", summary: "Only of this agent" },
  kind: { type: "string", summary: "Only of this kind, or family such as `turn.*`" },
  trace: { type: "string", summary: "Only of this trace" },
} as const;

export const eventRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/api/events",
    permit: "journal.query",
    summary: "The journal as it grows, as server-sent events.",
    type: "text/event-stream",
    query,
    handle({ service, caller, query: given, incoming, outgoing }) {
      const { after, ...filter } = parseQuery(given, query);
      const { events } = service.kernel;
      const resume = lastEventId(incoming.headers["last-event-id"]) ?? after ?? events.lastSeq();
      if (typeof resume !== "number" || resume < 0)
        throw new FieldworkError("invalid_input", "`after` is a sequence number, 0 or more");
      if (incoming.method === "HEAD")
        return new Response(null, { headers: { "content-type": "text/event-stream" } });
      const login = caller.login?.id ?? "";
      service.streams.open({ events, filter, after: resume, outgoing, limits: service.limits }, login);
      return RESPONSE_ALREADY_SENT;
    },
  }),
];

function lastEventId(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === "") return undefined;
  if (typeof header === "string" && /^\d{1,15}$/.test(header)) return Number(header);
  throw new FieldworkError("invalid_input", "Last-Event-ID is the id of an event, a number");
}
