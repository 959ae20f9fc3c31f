/** Checksums. @module */
import type { Tool } from "#contract";
import { hashText } from "./text.ts";

export const hashes: readonly Tool[] = [hashText];
