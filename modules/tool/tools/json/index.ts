/** JSON documents. @module */
import type { Tool } from "#contract";
import { formatJson } from "./format.ts";
import { getJson } from "./get.ts";
import { setJson } from "./set.ts";
import { validateJson } from "./validate.ts";

export { step } from "./pointer.ts";
export const json: readonly Tool[] = [getJson, setJson, formatJson, validateJson];
