import type { IncomingMessage, ServerResponse } from "node:http";
import { type Context, Hono } from "hono";
import { type Caller, FieldworkError } from "#contract";
import { answer, refuse } from "./answer.ts";
import { type Guard, type Identify, NOBODY, unauthenticated } from "./auth/index.ts";
import type { PanelFiles } from "./panel/index.ts";
import type { Route, Service } from "./route.ts";

/** The Node objects behind a request. */
export type Bindings = { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse };
type Env = { Bindings: Bindings; Variables: { caller: Caller } };

/**
 * The routes behind the guard: first the host, then the panel's files, which anyone may have, then the origin, then who it is, and
 * only then whether there is such a route.
 */
export function createApp(
  routes: readonly Route[],
  service: Service,
  guard: Guard,
  identify: Identify,
  panel: PanelFiles,
): Hono<Env> {
  const app = new Hono<Env>();
  const access = new Map(routes.map((one) => [`${one.method} ${one.path}`, one.access]));

  app.use(async (c, next) => {
    const { incoming, outgoing } = c.env;
    const { headers, method = "GET" } = incoming;
    guard.host(headers);
    const file = panel.answer({
      method,
      path: c.req.path,
      accept: headers.accept ?? "",
      encodings: String(headers["accept-encoding"] ?? ""),
    });
    if (file) return file;
    guard.origin(headers);
    const needed = access.get(`${method === "HEAD" ? "GET" : method} ${c.req.path}`) ?? "token";
    const caller = needed === "open" ? NOBODY : await identify(incoming, outgoing);
    if (!caller && needed === "token") throw unauthenticated();
    c.set("caller", caller ?? NOBODY);
    return next();
  });
  for (const one of routes)
    app.on(one.method, pattern(one.path), (c) => {
      const permitted = one.permit && service.kernel.permits(c.var.caller, one.permit);
      if (permitted?.ok === false) return answer(permitted);
      return one.handle({ ...exchange(c), service });
    });
  for (const [path, methods] of methodsByPath(routes))
    app.all(pattern(path), (c) => {
      const response = refuse(
        new FieldworkError("invalid_input", `${c.req.method} is not possible here`, {
          remedy: `Use ${methods.join(" or ")}.`,
        }),
      );
      return new Response(response.body, {
        status: 405,
        headers: { ...JSON_TYPE, allow: methods.join(", ") },
      });
    });
  app.notFound((c) =>
    refuse(
      new FieldworkError("not_found", `there is no route ${c.req.path.slice(0, 256)}`, {
        remedy: "See /api/openapi.json for what there is.",
      }),
    ),
  );
  app.onError((thrown) => refuse(thrown));
  return app;
}

const JSON_TYPE = { "content-type": "application/json" };

const pattern = (path: string) => path.replace(/\{(\w+)\}/g, ":$1");

function exchange(c: Context<Env>) {
  const { incoming, outgoing } = c.env;
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort(new FieldworkError("cancelled", "the client went away"));
  });
  const params = c.req.param() as Record<string, string>;
  return {
    caller: c.var.caller,
    incoming,
    outgoing,
    params,
    query: new URL(c.req.url).searchParams,
    signal: gone.signal,
  };
}

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const { path, method } of routes) all.set(path, [...(all.get(path) ?? []), method]);
  return all;
}
