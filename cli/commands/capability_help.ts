import { z } from "zod";
import { CAPABILITIES, type Capability, FieldworkError } from "#contract";
import { type Answer, suggest } from "../command/index.ts";
import { bold, dim, fields, jsonText, linesOf, type Text } from "../terminal/index.ts";
import { type Schema, schemaSection } from "./schema_help.ts";

/** What a capability takes and gives, from its schemas. @throws FieldworkError `unknown_capability`. */
export function capabilityHelp(name: string, width: number): Answer {
  const found = CAPABILITIES.get(name);
  if (!found) {
    const meant = suggest(name, [...CAPABILITIES.keys()]);
    throw new FieldworkError(
      "unknown_capability",
      `There is no capability ${name}.`,
      meant ? { remedy: `Did you mean ${meant}?` } : {},
    );
  }
  const input = jsonSchema(found.input, "input");
  const output = jsonSchema(found.output, "output");
  const { summary, grant, tier, scope, effect } = found;
  return {
    data: { name, summary, grant, tier: tier ?? null, scope: scope ?? null, effect, input, output },
    text: [
      [bold(name), ` — ${summary}`],
      "",
      ...fields([
        ["grant", `${grant}${tier ? `: ${tier}` : ""}${scope ? `, narrowed by ${scope}` : ""}`],
        ["effect", effect],
      ]),
      ...schemaSection("Takes", input, width),
      ...schemaSection("Gives", output, width),
      ...exampleSection(found, input),
      "",
      dim(`fw help call ${name} --json prints the schemas.`),
    ],
  };
}

const jsonSchema = (schema: z.ZodType, io: "input" | "output"): Schema =>
  z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Schema;

/** A call with just the required arguments; shown only where the capability's own schema accepts it. */
function exampleSection(found: Capability, input: Schema): Text {
  const args = Object.fromEntries(
    (input.required ?? []).map((name) => [name, sample(name, input.properties?.[name] ?? {})]),
  );
  if (!found.input.safeParse(args).success) return [];
  const words = Object.keys(args).length === 0 ? "" : ` '${jsonText(args)}'`;
  return ["", dim("Example"), ...linesOf(`  fw call ${found.name}${words}`)];
}

function sample(name: string, schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sample(name, schema.anyOf[0] ?? {});
  switch (schema.type) {
    case "string":
      return SAMPLES[name] ?? "notes";
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    case "array":
      return [sample(name, schema.items ?? {})];
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [key, sample(key, schema.properties?.[key] ?? {})]),
      );
    default:
      return {};
  }
}

const SAMPLES: Readonly<Record<string, string>> = {
  url: "https://example.com/",
  path: "notes.txt",
  program: "git",
  cron: "0 8 * * *",
  password: "a long password",
  grant: "fs.read:/data",
  text: "hello",
  content: "hello",
};
