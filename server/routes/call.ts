import { z } from "zod";
import { CAPABILITIES, describeIssue, FieldworkError, type JsonValue, succeed } from "#contract";
import { answer } from "../answer.ts";
import { readJson } from "../json_body.ts";
import { type Route, route } from "../route.ts";
import { jsonSchema } from "../schema.ts";

const callBody = z.strictObject({ cap: z.string().min(1).max(128), args: z.unknown().optional() });

const list = () =>
  [...CAPABILITIES.values()].map((one) => ({
    name: one.name,
    summary: one.summary,
    grant: one.grant,
    tier: one.tier ?? null,
    scope: one.scope ?? null,
    effect: one.effect,
    long: one.long ?? false,
    guarded: one.guarded ?? false,
    confirm: one.confirm !== undefined,
    input: jsonSchema(one.input, "input"),
    output: jsonSchema(one.output, "output"),
  }));
let listed: ReturnType<typeof list> | undefined;

export const callRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/api/call",
    summary: "Call a capability.",
    body: "call",
    async handle({ service, caller, incoming, signal }) {
      const body = callBody.safeParse(await readJson(incoming, service.limits));
      if (!body.success)
        throw new FieldworkError("invalid_input", "the body is not {cap, args}", {
          details: {
            problems: body.error.issues.slice(0, 20).map(describeIssue),
          } as JsonValue,
        });
      const { cap, args = {} } = body.data;
      return answer(await service.kernel.call(caller, cap, args, { signal }));
    },
  }),
  route({
    method: "GET",
    path: "/api/capabilities",
    summary: "Every capability with its grant, effect and JSON Schemas.",
    handle() {
      listed ??= list();
      return answer(succeed({ capabilities: listed }));
    },
  }),
];
