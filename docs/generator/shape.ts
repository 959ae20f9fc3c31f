import { z } from "zod";
import { jsonObject } from "#contract";

/** The parts of JSON Schema that the contract's schemas come out as. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A zod schema as JSON Schema; what has no form there is "any JSON", an object where the contract says so. */
export const shapeOf = (schema: z.ZodType, io: "input" | "output"): Shape =>
  z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override({ zodSchema, jsonSchema }) {
      if ((zodSchema as unknown) === jsonObject) jsonSchema.type = "object";
      // What is put in order before it is read has the form of what is read.
      const { def } = zodSchema._zod;
      if (def.type === "pipe" && def.in._zod.def.type === "transform")
        Object.assign(jsonSchema, shapeOf(def.out as z.ZodType, io));
    },
  }) as Shape;

/** The type in the words of TypeScript; `JSON` stands for any JSON value. */
export function typeText(shape: Shape): string {
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (shape.anyOf) return [...new Set(shape.anyOf.map(typeText))].join(" | ");
  if (shape.type === "array") return listText(shape.items);
  if (shape.type === "object") return objectText(shape);
  if (shape.type === "integer") return "integer";
  return typeof shape.type === "string" ? shape.type : (shape.type?.join(" | ") ?? "JSON");
}

function listText(items: Shape | undefined): string {
  const text = items ? typeText(items) : "JSON";
  return /[ |]/.test(text) && !text.startsWith("{") ? `(${text})[]` : `${text}[]`;
}

function objectText({ properties, additionalProperties, required = [] }: Shape): string {
  if (!properties)
    return typeof additionalProperties === "object"
      ? `{ [name]: ${typeText(additionalProperties)} }`
      : "object";
  const fields = Object.entries(properties).map(
    ([name, field]) => `${name}${required.includes(name) ? "" : "?"}: ${typeText(field)}`,
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join("; ")} }`;
}

/** The bounds of a value in words, or nothing. */
export function boundsText(shape: Shape): string {
  if (shape.anyOf) return shape.anyOf.map(boundsText).filter(Boolean).join("; ");
  if (shape.type === "array")
    return [range(shape.minItems, shape.maxItems, "entries"), shape.items && inner(shape.items)]
      .filter(Boolean)
      .join("; ");
  if (shape.type === "string") return range(shape.minLength, shape.maxLength, "characters");
  return range(shape.minimum, shape.maximum, "");
}

const inner = (shape: Shape): string => {
  const text = boundsText(shape);
  return text === "" ? "" : `each ${text}`;
};

function range(least: number | undefined, most: number | undefined, unit: string): string {
  const bound = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most;
  const low = least === undefined || least <= -Number.MAX_SAFE_INTEGER ? undefined : least;
  const word = unit === "" ? "" : ` ${unit}`;
  if (bound === undefined) return low === undefined || low === 0 ? "" : `${count(low)}${word} or more`;
  return low === undefined || (unit !== "" && low === 0)
    ? `${count(bound)}${word} at most`
    : `${count(low)} to ${count(bound)}${word}`;
}

/** 8,388,608 */
export const count = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 3 });

export const defaultText = (value: unknown): string =>
  typeof value === "number" ? count(value) : `\`${JSON.stringify(value)}\``;
