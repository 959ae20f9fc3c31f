import { WrongUse } from "./wrong_use.ts";

/** The value of an option that takes a number from 0. @throws WrongUse */
export function decimal(
  option: string,
  text: string | undefined,
  most = Number.POSITIVE_INFINITY,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || value > most) {
    const range = most === Number.POSITIVE_INFINITY ? "a number from 0" : `a number from 0 to ${most}`;
    throw new WrongUse(`--${option} takes ${range}, not "${text}".`, `For example --${option} 0.5.`);
  }
  return value;
}
