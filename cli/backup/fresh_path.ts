import { existsSync } from "node:fs";

/** The path, or with a number behind it the first that is not taken. */
export function freshPath(path: string): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? path : `${path}-${number}`;
    if (!existsSync(candidate)) return candidate;
  }
}
