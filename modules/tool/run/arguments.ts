import { describeIssue, FieldworkError, type JsonObject, type JsonValue, type Tool } from "#contract";
import { toolSchema } from "../catalogue/index.ts";

const PROBLEMS_MAX = 20;

/**
 * The arguments of a tool, parsed. Models write `null` for what they leave out, so a `null` that the schema refuses counts as
 * left out.
 * @throws FieldworkError `invalid_input` that tells what is wrong where, what the tool takes and an example
 */
export function parseArguments(tool: Tool, args: JsonObject): JsonObject {
  const parsed = tool.input.safeParse(args);
  if (parsed.success) return parsed.data as JsonObject;
  const mended = tool.input.safeParse(withoutNulls(args));
  if (mended.success) return mended.data as JsonObject;

  const problems = parsed.error.issues
    .slice(0, PROBLEMS_MAX)
    .map((issue) => describeIssue(issue).slice(0, 300));
  const [example] = tool.examples ?? [];
  const shown = example === undefined ? "" : ` A call that works: ${JSON.stringify(example)}`;
  throw new FieldworkError("invalid_input", `${tool.name}: ${problems.join("; ")}`.slice(0, 2000), {
    remedy: `Correct the arguments and call it again.${shown}`,
    details: {
      tool: tool.name,
      problems,
      input_schema: toolSchema(tool.input, "input"),
      ...(example === undefined ? {} : { example: example as JsonValue }),
    },
  });
}

const withoutNulls = (args: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
