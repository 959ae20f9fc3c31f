import type { JsonObject, LlmMessage, LlmPart } from "#contract";

/** The parts of a message; a string is one text part. */
export const partsOf = ({ content }: Pick<LlmMessage, "content">): readonly LlmPart[] =>
  typeof content === "string" ? (content === "" ? [] : [{ type: "text", text: content }]) : content;

/** What belongs to one dialect in an `extra`. */
export function extraOf(extra: JsonObject | undefined, dialect: string): JsonObject {
  const own = extra?.[dialect];
  return typeof own === "object" && own !== null && !Array.isArray(own) ? (own as JsonObject) : {};
}

/** Without members that are `undefined`; `null`, `0`, `""` and `false` are values. */
export function defined(record: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as JsonObject;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const asText = (value: unknown): string => (typeof value === "string" ? value : "");
/** A count as servers give it; what is no sensible count is none. */
export const asCount = (value: unknown): number | undefined =>
  typeof value === "number" && value >= 0 && value <= 1e12 ? Math.round(value) : undefined;

export const dataUrl = (media: string | undefined, data: string): string =>
  `data:${media ?? "application/octet-stream"};base64,${data}`;

/** The two halves of a `data:` URL in base64. */
export function splitDataUrl(
  url: string,
): { readonly media_type: string; readonly data: string } | undefined {
  const comma = url.indexOf(",");
  if (!url.startsWith("data:") || comma < 0) return undefined;
  const head = url.slice(5, comma);
  if (!head.endsWith(";base64")) return undefined;
  return {
    media_type: head.slice(0, -7).split(";")[0] || "application/octet-stream",
    data: url.slice(comma + 1),
  };
}
