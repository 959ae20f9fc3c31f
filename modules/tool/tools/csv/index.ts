/** Tables as comma separated values. @module */
import type { Tool } from "#contract";
import { formatCsv } from "./format.ts";
import { parseCsv } from "./parse.ts";

export const csv: readonly Tool[] = [parseCsv, formatCsv];
