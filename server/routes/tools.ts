import { type JsonObject, jsonObject } from "#contract";
import { answer } from "../answer.ts";
import { type Route, route } from "../route.ts";
import { face, readArgs } from "./face.ts";

/** The catalogue: what there is, and running one of them as the owner. */
export const toolRoutes: readonly Route[] = [
  face("GET", "/api/tools", "tool.specs", { always: { all: true } }),
  face("GET", "/api/tools/search", "tool.search", {
    names: { q: "query" },
    query: {
      q: { type: "string", summary: "What it should do" },
      k: { type: "integer", summary: "At most this many (8)" },
    },
  }),
  route({
    method: "POST",
    path: "/api/tools/{name}",
    summary: "Run a tool; the body holds its arguments, as its input schema says.",
    capability: "tool.run",
    body: jsonObject,
    async handle(exchange) {
      const args = { name: exchange.params.name ?? "", args: (await readArgs(exchange)) as JsonObject };
      return answer(
        await exchange.service.kernel.call(exchange.caller, "tool.run", args, { signal: exchange.signal }),
      );
    },
  }),
];
