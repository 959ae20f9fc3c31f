/** Texts: counting, replacing, lines, differences, templates. @module */
import type { Tool } from "#contract";
import { countText } from "./count.ts";
import { diffText } from "./diff.ts";
import { textLines } from "./lines.ts";
import { replaceText } from "./replace.ts";
import { fillTemplate } from "./template.ts";

export const text: readonly Tool[] = [countText, replaceText, textLines, diffText, fillTemplate];
