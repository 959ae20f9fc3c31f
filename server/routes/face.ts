import { type CapabilityName, capability, FieldworkError, type JsonObject } from "#contract";
import { answer, answerOpen } from "../answer.ts";
import { readJson } from "../json_body.ts";
import { parseQuery, type QueryShape } from "../query.ts";
import { type Exchange, type Route, route } from "../route.ts";

export interface FaceOptions {
  readonly query?: QueryShape;
  /** The argument that a name in the path or query stands for, where it is another: `{ q: "query" }`. */
  readonly names?: Readonly<Record<string, string>>;
  /** Arguments that this route always gives. */
  readonly always?: JsonObject;
  /** Names in the path that stand for a number. */
  readonly numbers?: readonly string[];
  /** The result's fields stand at the top of the answer too. */
  readonly open?: boolean;
}

/** A REST route that is one capability: query, body and path together are its arguments, the path the strongest. */
export function face(
  method: Route["method"],
  path: string,
  name: CapabilityName,
  { query = {}, names = {}, numbers = [], always = {}, open = false }: FaceOptions = {},
): Route {
  const body = method === "POST" ? "args" : "none";
  const renamed = (args: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(args).map(([key, value]) => [names[key] ?? key, value]));
  return route({
    method,
    path,
    query,
    body,
    capability: name,
    summary: capability(name).summary,
    async handle(exchange) {
      const { service, caller, params, signal } = exchange;
      const args = {
        ...renamed(parseQuery(exchange.query, query)),
        ...(body === "args" ? await readArgs(exchange) : {}),
        ...renamed(params),
        ...Object.fromEntries(numbers.map((name) => [name, Number(params[name])])),
        ...always,
      };
      const reply = await service.kernel.call(caller, name, args, { signal });
      return open ? answerOpen(reply) : answer(reply);
    },
  });
}

/** The body as arguments; none is an empty object. @throws FieldworkError `invalid_input` for what is no object. */
export async function readArgs({
  incoming,
  service,
}: Pick<Exchange, "incoming" | "service">): Promise<object> {
  const body = await readJson(incoming, service.limits);
  if (body === undefined) return {};
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new FieldworkError("invalid_input", "the body is not a JSON object");
  return body;
}
