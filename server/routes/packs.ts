import { FieldworkError, PACK_LIMITS } from "#contract";
import { answer } from "../answer.ts";
import { parseQuery } from "../query.ts";
import { type Route, route } from "../route.ts";
import { withUpload } from "../upload.ts";

const query = {
  install: { type: "boolean", summary: "Install it; without, only say what it is and asks for" },
  grants: {
    type: "string",
    summary: "With install: `all`, `required`, `none`, or one grant; given several times, a list of grants",
  },
  enable: { type: "boolean", summary: "With install: false leaves it disabled" },
  sha256: {
    type: "string",
    summary: "With install: only if the pack has this hash, that of the one looked at",
  },
} as const;

export const packRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/api/packs",
    summary: "Upload a pack as the raw body, to look at it or to install it.",
    body: "zip",
    query,
    async handle(exchange) {
      const { service, caller, signal } = exchange;
      const { cap, args } = decide(exchange.query);
      const type = exchange.incoming.headers["content-type"] ?? "";
      if (!/^application\/(zip|octet-stream)\s*(;|$)/i.test(type))
        throw new FieldworkError(
          "invalid_input",
          "a pack is sent as application/zip, the raw file as the body",
        );
      return withUpload(exchange, "zip", PACK_LIMITS.packed_bytes, async (path) =>
        answer(await service.kernel.call(caller, cap, { path, ...args }, { signal })),
      );
    },
  }),
];

function decide(given: URLSearchParams): { cap: string; args: object } {
  const grants = given.getAll("grants");
  const once = new URLSearchParams([...given].filter(([key]) => key !== "grants"));
  const { install = false, enable = true, sha256 } = parseQuery(once, query);
  if (!install) return { cap: "pack.inspect", args: {} };
  if (grants.length === 0)
    throw new FieldworkError("invalid_input", "to install, say which grants are given", {
      remedy: "Add grants=all, grants=required, grants=none or a list of grants to the query.",
    });
  const word = grants.length === 1 && /^(all|required|none)$/.test(grants[0] ?? "");
  return {
    cap: "pack.install",
    args: { grants: word ? grants[0] : grants, enable, ...(sha256 === undefined ? {} : { sha256 }) },
  };
}
