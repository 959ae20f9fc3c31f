import { dim, jsonText, type Text, table } from "../terminal/index.ts";

/** The part of JSON Schema that arguments and results are described by. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** The fields of an object's schema as a table under a title. */
export function schemaSection(title: string, schema: Schema, width: number): Text {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0)
    return ["", dim(title), schema.type === "object" ? "  {}" : `  ${typeText(schema)}`];
  const rows = properties.map(([name, property]) => [
    `  ${name}`,
    typeText(property),
    schema.required?.includes(name) ? "required" : defaultText(property),
    property.description ?? "",
  ]);
  return ["", ...table([title, "", "", ""], rows, width)];
}

const defaultText = ({ default: value }: Schema): string =>
  value === undefined ? "optional" : `default ${jsonText(value)}`;

function typeText(schema: Schema): string {
  if (schema.const !== undefined) return jsonText(schema.const);
  if (schema.enum) return schema.enum.map((value) => jsonText(value)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map(typeText).join(" | ");
  if (schema.type === "array") return schema.items ? `list of ${typeText(schema.items)}` : "list";
  return typeof schema.type === "string" ? schema.type : (schema.type?.join(" | ") ?? "any JSON");
}
