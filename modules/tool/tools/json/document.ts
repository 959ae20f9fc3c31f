import { z } from "zod";
import { FieldworkError, type JsonValue, jsonValue } from "#contract";

export const document = jsonValue.describe("The JSON value itself, or its text");

/** A value that was given as it is or as text. @throws FieldworkError `invalid_input` that says where the text breaks */
export function givenValue(given: JsonValue): JsonValue {
  if (typeof given !== "string") return given;
  try {
    return JSON.parse(given) as JsonValue;
  } catch (error) {
    throw new FieldworkError("invalid_input", `The text is not JSON: ${(error as Error).message}`, {
      remedy: "Give the value itself instead of its text, or mend the text.",
    });
  }
}

export const path = z
  .string()
  .max(2048)
  .describe("items[0].name, items[*].name for all, or the pointer /items/0/name; empty for the whole");
