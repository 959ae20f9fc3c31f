import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** A rule of the doctrine: how strongly it holds, 0…1; a sacred one is in every turn. */
export interface Rule {
  readonly id: string;
  readonly text: string;
  readonly amplitude: number;
  readonly sacred: boolean;
}

export const DOCTRINE_FILES = ["doktrin.md", "doctrine.md"] as const;
const RULES_MOST = 500;
const RULE_MOST_CHARS = 2000;
const FILE_MOST_CHARS = 256 * 1024;
const AMPLITUDE_DEFAULT = 0.5;

export interface WrittenDoctrine {
  /** Its name in the agent's folder; null where there is none. */
  readonly file: (typeof DOCTRINE_FILES)[number] | null;
  readonly text: string;
}

/** What an owner wrote for an agent, in `doktrin.md` or `doctrine.md` of its folder. */
export async function readDoctrine(folder: string): Promise<WrittenDoctrine> {
  for (const file of DOCTRINE_FILES) {
    try {
      return { file, text: await readFile(join(folder, file), "utf8") };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return { file: null, text: "" };
}

/** The rules in it; none where there is no such file. */
export const doctrineOf = async (folder: string): Promise<readonly Rule[]> =>
  parseDoctrine((await readDoctrine(folder)).text);

/**
 * Every item of a list, and every paragraph outside of one, is a rule. `[sacred]` makes it sacred; a number in brackets, `[0.8]` or
 * `[amplitude 0.8]`, says how strongly it holds, 0.5 where nothing is said. Both may stand in a heading, for all below it, and a heading
 * that has the word sacred makes them so.
 */
export function parseDoctrine(text: string): Rule[] {
  const rules: Rule[] = [];
  let section: Strength = {};
  const lines = text
    .slice(0, FILE_MOST_CHARS)
    .replace(/<!--[\s\S]*?-->/g, "")
    .split(/\r?\n/);
  let current: string[] = [];
  const finish = () => {
    const { rest, ...own } = strengthIn(current.join(" ").trim());
    current = [];
    if (rest === "" || rules.length >= RULES_MOST) return;
    const sacred = own.sacred ?? section.sacred ?? false;
    const amplitude = own.amplitude ?? section.amplitude ?? (sacred ? 1 : AMPLITUDE_DEFAULT);
    const id = createHash("sha256").update(rest).digest("hex").slice(0, 8);
    if (!rules.some((rule) => rule.id === id))
      rules.push({ id, text: rest.slice(0, RULE_MOST_CHARS), amplitude, sacred });
  };
  for (const line of lines) {
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    const item = /^\s*(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line);
    if (heading) {
      finish();
      const { rest, ...own } = strengthIn(heading[1] as string);
      section = /\b(?:sacred|sakral|suci|heilig|sacr[ée]e?s?|sagrad[oa]s?)\b/iu.test(rest)
        ? { ...own, sacred: true }
        : own;
    } else if (item) {
      finish();
      current = [item[1] as string];
    } else if (line.trim() === "") finish();
    else current.push(line.trim());
  }
  finish();
  return rules;
}

interface Strength {
  readonly amplitude?: number;
  readonly sacred?: boolean;
}

/** What is said in brackets about a rule, and the rule without it. */
function strengthIn(text: string): Strength & { readonly rest: string } {
  let strength: Strength = {};
  const rest = text.replace(
    /[[({]\s*(?:(sacred)|(?:amplitude\s*[:=]?\s*)?(\d(?:\.\d+)?))\s*[\])}]/giu,
    (_, sacred?: string, amplitude?: string) => {
      strength = sacred
        ? { ...strength, sacred: true }
        : { ...strength, amplitude: Math.min(1, Number(amplitude)) };
      return "";
    },
  );
  return { ...strength, rest: rest.replace(/\s+/g, " ").trim() };
}
