import type { LlmMessage } from "#contract";

const TITLE_MAX = 80;

/** The text of a message, without what is not text. */
export function textOf({ content }: LlmMessage): string {
  if (typeof content === "string") return content;
  return content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

/** A conversation's title from its first message: its first line, cut between words where there are any. */
export function titleOf(message: LlmMessage): string {
  const line =
    textOf(message)
      .split("\n")
      .map((one) => one.replace(/\s+/gu, " ").trim())
      .find((one) => one !== "") ?? "";
  const characters = [...line];
  if (characters.length <= TITLE_MAX) return line;
  const cut = characters.slice(0, TITLE_MAX).join("");
  const space = cut.lastIndexOf(" ");
  return `${space > TITLE_MAX / 2 ? cut.slice(0, space) : cut}…`;
}

/** The title of a copy: numbered, so that it is told from the others of its name. */
export function titleOfBranch(title: string, taken: ReadonlySet<string>): string {
  const name = title.replace(/ \(\d{1,6}\)$/u, "");
  for (let number = 2; ; number++) {
    const numbered = `${name} (${number})`;
    if (!taken.has(numbered)) return numbered;
  }
}
