import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/system.ts";

export interface Page {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Of its first line, 1-based. */
  readonly line: number;
}

export const readPage = (path: string): Page => ({ path, text: readFileSync(join(ROOT, path), "utf8") });

/** The README and every page of the handbook. */
export function handbook(): readonly Page[] {
  const pages = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .map((name) => `docs/${name.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".md"));
  return ["README.md", ...pages.sort()].map(readPage);
}

export function blocksOf({ text }: Page): readonly Block[] {
  const found = text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm);
  return [...found].map(({ 1: language = "", 2: content = "", index }) => ({
    language,
    text: content,
    line: text.slice(0, index).split("\n").length + 1,
  }));
}

/** The text outside of fenced blocks. */
export const proseOf = ({ text }: Page): string => text.replaceAll(/^```[\s\S]*?^```$/gm, "");
