import { CAPABILITIES, ERRORS } from "#contract";
import type { BodyKind, Route } from "./route.ts";
import { jsonSchema } from "./schema.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const content = (type: string, schema: object) => ({ [type]: { schema } });

/** The routes and the catalogue as an OpenAPI 3.1 document. */
export function openapi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const one of routes)
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: operation(one) };
  return {
    openapi: "3.1.0",
    info: { title: "Fieldwork", version },
    servers: [{ url: "/" }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "The local token, in run/token of the home, or an API token with its scopes.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "fw_session_HOME",
          description:
            "What POST /api/account/login sets, named after the home; `__Host-` goes before its name where the page came over TLS.",
        },
      },
      schemas: schemas(),
    },
  };
}

function operation(one: Route): object {
  const names = [...one.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const parameters = [
    ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    ...Object.entries(one.query).map(([name, field]) => ({
      name,
      in: "query",
      description: field.summary,
      schema: { type: field.type },
    })),
  ];
  return {
    operationId: `${one.method.toLowerCase()}${one.path.replace(/[^a-z]+(\w?)/g, (_, first: string) => first.toUpperCase())}`,
    summary: one.summary,
    ...(one.access === "token" ? {} : { security: [] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(one.body, one.capability),
    responses: {
      ...goodAnswers(one),
      default: { description: "An error.", content: content("application/json", ref("failure")) },
    },
  };
}

function goodAnswers(one: Route): object {
  const { results, capability, type } = one;
  const done = (schema: object) => ({ description: "Done.", content: content(type, schema) });
  const reply = (result: object) =>
    done({ type: "object", required: ["ok", "result"], properties: { ok: { const: true }, result } });
  if (results)
    return Object.fromEntries(
      Object.entries(results).map(([status, result]) => [status, reply(jsonSchema(result, "output"))]),
    );
  if (capability !== undefined) return { 200: reply(ref(`${capability}.output`)) };
  if (one.body === "call") return { 200: reply({}) };
  return { 200: done({ type: type === "application/json" ? "object" : "string" }) };
}

function requestBody(kind: BodyKind, capability: string | undefined): object {
  if (typeof kind !== "string")
    return {
      requestBody: { required: true, content: content("application/json", jsonSchema(kind, "input")) },
    };
  switch (kind) {
    case "none":
      return {};
    case "zip":
      return { requestBody: { required: true, content: { "application/zip": {} } } };
    case "file":
      return { requestBody: { required: true, content: { "*/*": {} } } };
    case "args":
      return {
        requestBody: {
          description: "The arguments that are not in the path.",
          content: content("application/json", { type: "object", description: `See ${capability}.input` }),
        },
      };
    case "call":
      return { requestBody: { required: true, content: content("application/json", ref("call")) } };
  }
}

function schemas(): Record<string, object> {
  const all: Record<string, object> = {
    failure: {
      type: "object",
      required: ["ok", "error"],
      properties: {
        ok: { const: false },
        error: {
          type: "object",
          required: ["code", "message", "remedy"],
          properties: {
            code: { enum: Object.keys(ERRORS) },
            message: { type: "string" },
            remedy: { type: "string" },
            details: {},
          },
        },
      },
    },
    call: {
      oneOf: [...CAPABILITIES.values()].map(({ name, summary }) => ({
        type: "object",
        description: summary,
        required: ["cap"],
        properties: { cap: { const: name }, args: ref(`${name}.input`) },
        additionalProperties: false,
      })),
    },
  };
  for (const { name, input, output } of CAPABILITIES.values()) {
    all[`${name}.input`] = jsonSchema(input, "input");
    all[`${name}.output`] = jsonSchema(output, "output");
  }
  return all;
}
