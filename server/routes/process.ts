import { type Route, route } from "../route.ts";
import { face } from "./face.ts";

const PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

/** What watchers and the start and stop commands ask. */
export const processRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/healthz",
    access: "open",
    summary: "That the process is alive, and which one it is.",
    handle: ({ service }) => Response.json({ ok: true, instance: service.instance, pid: process.pid }),
  }),
  route({
    method: "GET",
    path: "/readyz",
    access: "open",
    summary: "Whether it takes work: 200, or 503 with the problems; and which parts are degraded.",
    handle({ service }) {
      const state = service.kernel.ready();
      return Response.json(state, { status: state.ready ? 200 : 503 });
    },
  }),
  route({
    method: "GET",
    path: "/metrics",
    permit: "system.health",
    summary:
      "Measurements for Prometheus: turns, model calls, tokens, cost, tools, queues, event-loop delay.",
    type: "text/plain",
    async handle({ service }) {
      const own = await service.measurements.text({ event_clients: service.streams.size });
      return new Response(service.kernel.metrics() + own, { headers: { "content-type": PROMETHEUS } });
    },
  }),
  face("POST", "/api/stop", "system.stop"),
];
