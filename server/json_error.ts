/** Where a text stops being JSON. `offset` counts UTF-16 code units from 0, `line` and `column` from 1. */
export interface JsonError {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Finds the first error of a text that `JSON.parse` refused (RFC 8259). The engine's own messages name a position only
 * sometimes. Recursive: the caller has bounded the depth.
 */
export function locateJsonError(text: string): JsonError {
  let at = 0;
  let expected = "the end";
  const skip = () => {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
  };
  const want = (what: string) => {
    expected = what;
    return false;
  };
  const scalar = (what: string): boolean => {
    SCALAR.lastIndex = at;
    const found = SCALAR.exec(text);
    if (!found) return want(what);
    at = SCALAR.lastIndex;
    return true;
  };
  const key = () => {
    if (text[at] !== '"') return want("a key in double quotes");
    if (!scalar("a well-formed string")) return false;
    skip();
    if (text[at] !== ":") return want("':'");
    at++;
    return true;
  };
  const members = (close: string, keyed: boolean): boolean => {
    at++;
    skip();
    if (text[at] === close) return ++at > 0;
    for (;;) {
      skip();
      if (keyed && !key()) return false;
      if (!value()) return false;
      if (text[at] === close) return ++at > 0;
      if (text[at] !== ",") return want(`',' or '${close}'`);
      at++;
    }
  };
  const value = (): boolean => {
    skip();
    const first = text[at];
    const good =
      first === "{"
        ? members("}", true)
        : first === "["
          ? members("]", false)
          : scalar(first === '"' ? "a well-formed string" : "a value");
    if (good) skip();
    return good;
  };
  value();
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  return { offset: at, line, column: at - before.lastIndexOf("\n"), expected };
}
