import { WrongUse } from "./wrong_use.ts";

/** The value of an option that takes a whole number, from 1 unless another least is said. @throws WrongUse */
export function wholeNumber(option: string, text: string | undefined, least = 1): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
    throw new WrongUse(
      `--${option} takes a whole number from ${least}, not "${text}".`,
      `For example --${option} 100.`,
    );
  return value;
}
