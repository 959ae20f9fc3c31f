import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DOCTRINE_FILES, readDoctrine } from "./doctrine.ts";

/** A rule as its owner states it; without `amplitude` it holds as {@link parseDoctrine} says. */
export interface StatedRule {
  readonly text: string;
  readonly amplitude?: number | undefined;
  readonly sacred?: boolean | undefined;
}

/** Rules as the text of a doctrine file, one item each. */
export const doctrineText = (rules: readonly StatedRule[]): string =>
  rules
    .map(({ text, amplitude, sacred }) => {
      const marks = [
        ...(sacred ? [" [sacred]"] : []),
        ...(amplitude === undefined ? [] : [` [${decimal(amplitude)}]`]),
      ];
      return `- ${text.replace(/\s+/g, " ").trim()}${marks.join("")}\n`;
    })
    .join("");

/** As the parser reads it: one digit before the point, three behind it at most. */
const decimal = (amplitude: number): string => String(Math.round(amplitude * 1000) / 1000);

/**
 * Writes the doctrine of an agent into the file it is read from, whole or not at all, and for good when this resolves.
 * @returns the file's name
 */
export async function writeDoctrine(folder: string, text: string): Promise<string> {
  const file = (await readDoctrine(folder)).file ?? DOCTRINE_FILES[0];
  const path = join(folder, file);
  const draft = join(folder, `.${file}.${randomUUID().slice(0, 8)}`);
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return file;
}
