import type { z } from "zod";
import type { Effect } from "./capability.ts";
import type { JsonValue } from "./json.ts";

/** Where a tool works: everything it can do there is a call of the counter in the caller's name. */
export interface Place {
  call(cap: string, args: JsonValue): Promise<JsonValue>;
  now(): number;
  readonly signal: AbortSignal;
  /** Says how far a long work is; shown, not kept. */
  progress(text: string): void;
  /** A note for the model beside the output, such as how to get the rest. */
  note(text: string): void;
  /** What this call gives comes from outside the owner. */
  taint(): void;
  readonly session: string | undefined;
}

/** A tool, declared once; from this come the model's function, the command line, the HTTP operation, the form and the handbook page. */
export interface Tool<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  /** `family.name`. */
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  /** Other words by which people look for it, in any language; never part of a prompt. */
  readonly keywords?: string;
  readonly input: I;
  readonly output: O;
  /** The capabilities it calls; each is checked with the caller's own grants. */
  readonly needs: readonly string[];
  readonly effect: Effect;
  readonly runs: "server" | "relay" | "anywhere";
  /** The same call again does no harm: it may be run again when its outcome is unknown. Reading tools always may. */
  readonly repeatable?: boolean;
  /** What it gives always comes from outside the owner; where only some of it does, it says so by {@link Place.taint}. */
  readonly taints?: boolean;
  /** The argument an approval is about (recipient, URL, command, path, amount). */
  readonly decisive?: string;
  readonly examples?: readonly z.input<I>[];
  run(args: z.output<I>, place: Place): Promise<z.input<O>>;
}

export function defineTool<I extends z.ZodObject, O extends z.ZodType>(tool: Tool<I, O>): Tool {
  if (!/^[a-z]+(\.[a-z][a-z_]*)+$/.test(tool.name)) throw new Error(`bad tool name ${tool.name}`);
  return tool as unknown as Tool;
}

/**
 * A tool's name as models may call it: their function names have no dots. A dot becomes `_`, an underscore `__`; since no part of
 * a name begins with an underscore, {@link toolNameOf} finds the way back.
 */
export const toolFunctionName = (name: string): string => name.replaceAll("_", "__").replaceAll(".", "_");

/** The tool that a model means by a function's name; a name with dots is taken as it is. */
export const toolNameOf = (functionName: string): string =>
  functionName.includes(".")
    ? functionName
    : functionName.replace(/__|_/g, (mark) => (mark === "__" ? "_" : "."));
