const FENCE = '"""';

/** Puts a text of several lines together from the lines that are typed. */
export interface Composer {
  /** The whole text, or `undefined` while more lines belong to it. */
  add(line: string): string | undefined;
  readonly begun: boolean;
  reset(): void;
}

/** A line that ends with a backslash goes on in the next; what begins with `"""` goes on until a line ends with it. */
export function createComposer(): Composer {
  let lines: string[] = [];
  let fenced = false;
  const end = (): string => {
    const text = lines.join("\n");
    lines = [];
    fenced = false;
    return text;
  };
  return {
    add(line) {
      if (fenced) {
        const closes = line.trimEnd().endsWith(FENCE);
        const last = closes ? line.trimEnd().slice(0, -FENCE.length) : line;
        if (!closes || last !== "") lines.push(last);
        return closes ? end() : undefined;
      }
      if (lines.length === 0 && line.trimStart().startsWith(FENCE)) {
        const first = line.trimStart().slice(FENCE.length);
        if (first.trimEnd().endsWith(FENCE)) return first.trimEnd().slice(0, -FENCE.length);
        fenced = true;
        if (first !== "") lines.push(first);
        return undefined;
      }
      const goesOn = line.endsWith("\\");
      lines.push(goesOn ? line.slice(0, -1) : line);
      return goesOn ? undefined : end();
    },
    get begun() {
      return fenced || lines.length > 0;
    },
    reset() {
      lines = [];
      fenced = false;
    },
  };
}
