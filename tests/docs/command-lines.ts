/** The words after `fw` of each call of it in a block of shell, as far as the handbook's simple lines need it. */
export function commandLines(shell: string): readonly (readonly string[])[] {
  return withoutHeredocs(shell)
    .replaceAll("\\\n", " ")
    .split("\n")
    .flatMap((line) => commandsOf(wordsOf(line)))
    .filter(([program = ""]) => /^(\.\/)?fw$/.test(program))
    .map((words) => words.slice(1));
}

const withoutHeredocs = (shell: string): string => shell.replaceAll(/<<'(\w+)'\n[\s\S]*?\n\1\n/g, "\n");

/** Splits at blanks outside of quotes; quotes are taken off. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"/g, "$1$2"),
  );
}

const SEPARATORS: ReadonlySet<string> = new Set(["|", "||", "&&", ";", "&"]);

function commandsOf(words: readonly string[]): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  for (const word of words) {
    if (SEPARATORS.has(word)) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands;
}
