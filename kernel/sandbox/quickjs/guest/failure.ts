import { isError, parseJson, stringifyJson, toText } from "./intrinsics.ts";

const TEXT_LENGTH = 8 * 1024;

/** What is told of a thrown value. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** Describes any thrown value; what cannot be read of it is left out. */
export function describe(thrown: unknown): Thrown {
  if (!isError(thrown)) return { name: "Thrown", message: textOf(() => thrown), stack: "" };
  return {
    name: textOf(() => thrown.name) || "Error",
    message: textOf(() => thrown.message),
    stack: textOf(() => thrown.stack ?? ""),
  };
}

/** The contract's failed reply for what a handler threw; an error with a code of its own keeps it. */
export function failure(thrown: unknown): string {
  const { name, message, stack } = describe(thrown);
  const own = (field: "code" | "remedy") =>
    isError(thrown) ? textOf(() => (thrown as unknown as Record<string, unknown>)[field] ?? "") : "";
  const code = own("code");
  const exhausted = name === "InternalError" && message === "out of memory";
  return `{"ok":false,"error":${stringifyJson({
    __proto__: null,
    code: code || (exhausted ? "memory_exhausted" : "module_crashed"),
    message: code || message === "" ? message || name : `${name}: ${message}`,
    remedy: own("remedy") || remedyFor(exhausted),
    details: details(thrown) ?? { __proto__: null, stack },
  })}}`;
}

/** The details that an error brings along, where they are JSON. */
function details(thrown: unknown): unknown {
  try {
    const value = isError(thrown) ? (thrown as { readonly details?: unknown }).details : undefined;
    const text = stringifyJson(value);
    return text === undefined || text.length > TEXT_LENGTH ? undefined : parseJson(text);
  } catch {
    return undefined;
  }
}

function remedyFor(exhausted: boolean): string {
  return exhausted
    ? "Keep less in memory at once, or raise memory_max_mb in the manifest."
    : "Correct the agent's code; the stack says where.";
}

function textOf(read: () => unknown): string {
  try {
    const text = toText(read());
    let cut = "";
    if (text.length <= TEXT_LENGTH) return text;
    for (let index = 0; index < TEXT_LENGTH; index++) cut += text[index];
    return `${cut}…`;
  } catch {
    return "";
  }
}
