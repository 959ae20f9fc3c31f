import type { JsonObject } from "./json.ts";

/**
 * Asks the counter for a capability by name and waits for the result, in the capability's form. Throws
 * FieldworkError. Several calls may be under way at once (`Promise.all`).
 */
export type Call = <T = unknown>(cap: string, args?: JsonObject) => Promise<T>;

/** An interface as arguments of a call. */
export const args = (value: object): JsonObject => value as JsonObject;
