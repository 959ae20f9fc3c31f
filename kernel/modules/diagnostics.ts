import { type Diagnostic, FieldworkError } from "#contract";

const plain = (message: string): Diagnostic => ({
  message,
  remedy: null,
  file: null,
  line: null,
  column: null,
  excerpt: null,
});

/** Problems with their places, as whoever found them told them; the text alone where nobody knows a place. */
export function diagnosticsOf(thrown: unknown, problems: readonly string[]): Diagnostic[] {
  const details = thrown instanceof FieldworkError ? thrown.details : undefined;
  const told =
    details && typeof details === "object" && "diagnostics" in details ? details.diagnostics : undefined;
  return Array.isArray(told) && told.length > 0
    ? (told as unknown as Diagnostic[])
    : problems.map((one) => plain(one));
}

/** Where in the text of a `manifest.json` its problems are: by the place that the JSON parser names, or by the key that a problem begins with. */
export function manifestDiagnostics(problems: readonly string[], text: string | undefined): Diagnostic[] {
  return problems.map((problem) => {
    const inManifest =
      text !== undefined && /^[\w$]+(\.[\w$-]+)*:|^manifest\.json|^Unrecognized key/.test(problem);
    if (!inManifest) return plain(problem);
    const at = parserPlace(problem, text) ?? keyPlace(problem, text);
    return { ...plain(problem), file: "manifest.json", ...at };
  });
}

type Place = Pick<Diagnostic, "line" | "column" | "excerpt">;

/** V8 names an offset, and in some messages the line and column too. */
function parserPlace(problem: string, text: string): Place | undefined {
  const offset = /at position (\d+)/.exec(problem)?.[1];
  if (offset !== undefined) return placeAt(text, Number(offset));
  return /end of JSON input/i.test(problem) ? placeAt(text, text.length) : undefined;
}

/** The first place where the key stands: of `exposes_rpc.0.name`, that of `exposes_rpc`. */
function keyPlace(problem: string, text: string): Place | undefined {
  const key = /^(?:Unrecognized keys?: "([^"]+)"|([\w$]+))/.exec(problem);
  const name = key?.[1] ?? key?.[2];
  const found = name === undefined ? -1 : text.search(new RegExp(`"${RegExp.escape(name)}"\\s*:`));
  return found < 0 ? undefined : placeAt(text, found);
}

const EXCERPT_CHARS = 160;

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const begin = before.lastIndexOf("\n") + 1;
  const column = offset - begin + 1;
  const from = Math.max(0, column - 1 - EXCERPT_CHARS / 2);
  const line = text.slice(begin).split("\n", 1)[0]?.replace(/\r$/, "").replaceAll("\t", " ") ?? "";
  return {
    line: before.split("\n").length,
    column,
    excerpt: `  ${line.slice(from, from + EXCERPT_CHARS)}\n  ${" ".repeat(column - 1 - from)}^`,
  };
}
