import { type CapabilityName, capability, FieldworkError } from "#contract";
import { answer } from "../answer.ts";
import { readJson } from "../json_body.ts";
import { parseQuery, type QueryShape } from "../query.ts";
import { type Exchange, OWNER, type Route, route } from "../route.ts";

/** A REST route that is one capability: path, query and body together are its arguments, the path the strongest. */
export function face(
  method: Route["method"],
  path: string,
  name: CapabilityName,
  query: QueryShape = {},
): Route {
  const body = method === "POST" ? "args" : "none";
  return route({
    method,
    path,
    query,
    body,
    capability: name,
    summary: capability(name).summary,
    async handle(exchange) {
      const { service, params, signal } = exchange;
      const args = {
        ...parseQuery(exchange.query, query),
        ...(body === "args" ? await readArgs(exchange) : {}),
        ...params,
      };
      return answer(await service.kernel.call(OWNER, name, args, { signal }));
    },
  });
}

async function readArgs({ incoming, service }: Exchange): Promise<object> {
  const body = await readJson(incoming, service.limits);
  if (body === undefined) return {};
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new FieldworkError("invalid_input", "the body is not a JSON object");
  return body;
}
