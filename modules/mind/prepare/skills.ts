import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { FieldworkError } from "#contract";
import type { Skill } from "./assemble/index.ts";

const SKILLS_MAX = 100;
const FILE_MAX_BYTES = 262_144;
const HEAD = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/;
const head = z.object({ name: z.string().optional(), description: z.string().optional() });

export interface SkillText extends Skill {
  readonly text: string;
}

/** The skills in an agent's folder, `skills/<name>/SKILL.md`, by name. What cannot be read is none. */
export async function listSkills(folder: string): Promise<Skill[]> {
  const names = await readdir(join(folder, "skills")).catch(() => [] as string[]);
  const read = await Promise.all(
    names
      .sort()
      .slice(0, SKILLS_MAX)
      .map((name) => readSkill(folder, name).catch(() => undefined)),
  );
  return read.flatMap((skill) => (skill ? [{ name: skill.name, description: skill.description }] : []));
}

/** @throws FieldworkError `not_found`, `too_large` */
export async function readSkill(folder: string, name: string): Promise<SkillText> {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._ -]*$/u.test(name))
    throw new FieldworkError("not_found", `There is no skill ${name.slice(0, 128)}.`);
  const path = join(folder, "skills", name, "SKILL.md");
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new FieldworkError("not_found", `There is no skill ${name}.`);
  if (found.size > FILE_MAX_BYTES)
    throw new FieldworkError("too_large", `The skill ${name} is larger than ${FILE_MAX_BYTES} bytes.`);
  const whole = await readFile(path, "utf8");
  const text = whole.replace(HEAD, "").trim();
  const told = headOf(whole);
  const firstLine = text.split("\n").find((line) => line.trim() !== "" && !line.startsWith("#")) ?? "";
  // It is asked for by its folder's name, whatever it calls itself.
  return { name, description: told.description ?? firstLine.trim(), text };
}

function headOf(whole: string): z.infer<typeof head> {
  try {
    return head.parse(parse(HEAD.exec(whole)?.[1] ?? "") ?? {});
  } catch {
    return {};
  }
}
