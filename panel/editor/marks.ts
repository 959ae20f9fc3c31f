import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { CapabilityOutput } from "#contract";

export type Problem = CapabilityOutput<"agent.show">["diagnostics"][number];

/** Where in a text the problems of a file are: the word at their place, or the whole line where they name no column. */
export function marksIn(doc: Text, path: string, problems: readonly Problem[]): readonly Diagnostic[] {
  return problems
    .filter(({ file }) => file === path)
    .map(({ line: number, column, message, remedy }) => {
      const line = doc.line(Math.min(Math.max(1, number ?? 1), doc.lines));
      const begin = column === null ? 0 : Math.min(Math.max(0, column - 1), line.length);
      const word = column === null ? undefined : /^[\w$]+|^\S/.exec(line.text.slice(begin));
      const from = line.from + begin;
      return {
        from,
        to: word ? from + word[0].length : line.to,
        severity: "error" as const,
        message: remedy ? `${message}\n${remedy}` : message,
      };
    });
}
