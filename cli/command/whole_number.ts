import { WrongUse } from "./wrong_use.ts";

/** The value of an option that takes a whole number from 1. @throws WrongUse */
export function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1)
    throw new WrongUse(
      `--${option} takes a whole number from 1, not "${text}".`,
      `For example --${option} 100.`,
    );
  return value;
}
