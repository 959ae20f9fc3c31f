/** As much of a JSON Schema (2020-12) as a form is drawn from; a field of any other shape is written as JSON. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

export type FieldKind =
  | { readonly kind: "text"; readonly long: boolean }
  | { readonly kind: "number"; readonly whole: boolean }
  | { readonly kind: "yes_no" }
  | { readonly kind: "choice"; readonly options: readonly string[] }
  | { readonly kind: "list"; readonly of: Schema }
  | {
      readonly kind: "object";
      readonly fields: readonly (readonly [name: string, schema: Schema, required: boolean])[];
    }
  | { readonly kind: "json" };

const LONG_CHARS = 2000;
const LONG_NAMES = /^(text|content|body|code|html|script|patch|query|prompt|old|new|words)$/;

/** Which control a schema is shown as. */
export function fieldKind(schema: Schema, name = ""): FieldKind {
  const choices = schema.enum ?? constants(schema);
  if (choices?.every((one) => typeof one === "string")) return { kind: "choice", options: choices };
  if (schema.anyOf || schema.oneOf || Array.isArray(schema.type)) return { kind: "json" };
  switch (schema.type) {
    case "string":
      return { kind: "text", long: LONG_NAMES.test(name) || (schema.maxLength ?? 0) > LONG_CHARS };
    case "integer":
    case "number":
      return { kind: "number", whole: schema.type === "integer" };
    case "boolean":
      return { kind: "yes_no" };
    case "array":
      return schema.items && ["text", "number", "choice"].includes(fieldKind(schema.items).kind)
        ? { kind: "list", of: schema.items }
        : { kind: "json" };
    case "object":
      return schema.properties
        ? {
            kind: "object",
            fields: Object.entries(schema.properties).map(([field, of]) => [
              field,
              of,
              (schema.required ?? []).includes(field) && of.default === undefined,
            ]),
          }
        : { kind: "json" };
    default:
      return { kind: "json" };
  }
}

const constants = ({ anyOf, oneOf }: Schema): readonly unknown[] | undefined => {
  const all = anyOf ?? oneOf;
  return all?.every((one) => one.const !== undefined) ? all.map((one) => one.const) : undefined;
};

/** The name of a field as a person reads it: `max_bytes` is `Max bytes`. */
export const words = (name: string): string => {
  const spaced = name.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};
