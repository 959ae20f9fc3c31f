import { stripTypeScriptTypes } from "node:module";
import { ProgramError, placeAt, placeIn } from "./errors.ts";
import { LIMITS } from "./limits.ts";
import { RUNTIME_PREFIX } from "./modules.ts";

/** Module names → plain JavaScript, types removed, every position as in the author's file. */
export interface JsProgram {
  readonly entry: string;
  readonly modules: Readonly<Record<string, string>>;
}

/** The SDK and the glue, prepared once for all programs. */
export type Runtime = Readonly<Record<string, string>>;

/** Prepares the runtime's files (see `readRuntimeFiles`): module name → JavaScript. */
export function prepareRuntime(files: Readonly<Record<string, string>>): Runtime {
  const modules: Record<string, string> = {};
  for (const [name, source] of Object.entries(files)) modules[RUNTIME_PREFIX + name] = toModule(name, source);
  return modules;
}

/**
 * Makes an agent's files (path in its folder → text) a program that `createSnapshot` can load.
 * Imports are followed by the engine when it loads. Throws ProgramError.
 */
export function prepareProgram(
  files: Readonly<Record<string, string>>,
  entry: string,
  runtime: Runtime,
): JsProgram {
  const names = Object.keys(files);
  if (names.length > LIMITS.files) {
    throw new ProgramError(
      `the agent has ${names.length} source files`,
      `At most ${LIMITS.files} are loaded.`,
    );
  }
  let total = 0;
  const modules: Record<string, string> = { ...runtime };
  for (const [name, source] of Object.entries(files)) {
    if (!isModuleName(name)) {
      throw new ProgramError(
        `"${name}" is not a usable file name`,
        "Use relative paths of plain names with the ending .ts, .js or .json.",
      );
    }
    const size = Buffer.byteLength(source);
    total += size;
    if (size > LIMITS.file_bytes || total > LIMITS.program_bytes) {
      throw new ProgramError(
        `${name} makes the agent's source too large`,
        `A file may have ${LIMITS.file_bytes} bytes, all together ${LIMITS.program_bytes}.`,
      );
    }
    modules[name] = toModule(name, source);
  }
  if (!Object.hasOwn(files, entry)) {
    throw new ProgramError(`there is no ${entry}`, "Name the agent's entry file in the manifest.");
  }
  return { entry, modules };
}

function isModuleName(name: string): boolean {
  return (
    /^[^/\\:\0]+(?:\/[^/\\:\0]+)*\.(?:ts|js|json)$/.test(name) &&
    !name.split("/").some((part) => /^\.+$/.test(part))
  );
}

function toModule(name: string, source: string): string {
  if (name.endsWith(".ts")) return stripTypes(name, source);
  return name.endsWith(".json") ? jsonModule(name, source) : source;
}

function stripTypes(name: string, source: string): string {
  try {
    return stripTypeScriptTypes(source);
  } catch (error) {
    throw syntaxError(name, source, error);
  }
}

/** Node tells the place of a syntax error only in the stack's head: `:line`, the lines, a caret. */
function syntaxError(name: string, source: string, error: unknown): ProgramError {
  const { message, stack = "", code } = error as Error & { readonly code?: string };
  const line = Number(/^[^\n]*:(\d+)\n/.exec(stack)?.[1] ?? 1);
  const column = (/^( *)\^+$/m.exec(stack)?.[1]?.length ?? 0) + 1;
  const remedy =
    code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX"
      ? "Only types that can be erased are supported: write const objects for enums, modules for namespaces, plain fields for parameter properties."
      : "Correct the syntax.";
  return new ProgramError(message, remedy, placeIn(source, name, line, column));
}

function jsonModule(name: string, source: string): string {
  try {
    return `export default ${JSON.stringify(JSON.parse(source))};`;
  } catch (error) {
    const { message } = error as Error;
    const offset = /position (\d+)/.exec(message)?.[1];
    if (offset === undefined) throw new ProgramError(`${name}: ${message}`, "Correct the JSON.");
    throw new ProgramError(message, "Correct the JSON.", placeAt(source, name, Number(offset)));
  }
}
