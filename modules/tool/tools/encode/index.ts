/** Texts in other forms and back. @module */
import type { Tool } from "#contract";
import { decodeText } from "./decode.ts";
import { encodeText } from "./encode.ts";

export const encoding: readonly Tool[] = [encodeText, decodeText];
