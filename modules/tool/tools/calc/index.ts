/** Arithmetic. @module */
import type { Tool } from "#contract";
import { evaluateExpression } from "./evaluate.ts";

export const calc: readonly Tool[] = [evaluateExpression];
