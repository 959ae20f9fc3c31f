import { FieldworkError } from "#contract";

export interface QueryField {
  readonly type: "string" | "integer" | "boolean";
  readonly summary: string;
}
export type QueryShape = Readonly<Record<string, QueryField>>;

/** The query as arguments. Throws `invalid_input` with every field that is unknown, repeated or of the wrong type. */
export function parseQuery(
  query: URLSearchParams,
  shape: QueryShape,
): Record<string, string | number | boolean> {
  const args: Record<string, string | number | boolean> = {};
  const problems: string[] = [];
  const problem = (path: string, message: string) => problems.push(`${path.slice(0, 64)}: ${message}`);
  for (const [key, text] of query) {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (!field) problem(key, `unknown; there is ${Object.keys(shape).join(", ") || "no query here"}`);
    else if (Object.hasOwn(args, key)) problem(key, "given twice");
    else {
      const value = parseField(field, text);
      if (value === undefined)
        problem(key, `not ${field.type === "integer" ? "an integer" : "true or false"}`);
      else args[key] = value;
    }
  }
  if (problems.length > 0)
    throw new FieldworkError(
      "invalid_input",
      `The query does not fit this route. ${problems.slice(0, 3).join("; ")}`,
      {
        remedy: "See /api/openapi.json for what this route takes.",
        details: { problems: problems.slice(0, 20) },
      },
    );
  return args;
}

function parseField({ type }: QueryField, text: string): string | number | boolean | undefined {
  switch (type) {
    case "string":
      return text;
    case "integer":
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case "boolean":
      if (text === "1" || text === "true" || text === "") return true;
      return text === "0" || text === "false" ? false : undefined;
  }
}
