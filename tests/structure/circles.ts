import { readImports } from "./imports.ts";

const TEST = /([.-]test\.tsx?$|\/(test|tests|fixtures)\/|[.-]fixture\.ts$)/;

/** Folders directly inside a house that import each other in a loop, types included; tests may look anywhere. */
export function circles(root: string, house: string): readonly string[][] {
  const room = (path: string) => {
    const [first, second, ...rest] = path.split("/");
    return first === house && rest.length > 0 ? second : undefined;
  };
  const arrows = new Map<string, Set<string>>();
  for (const { from, to } of readImports(root)) {
    const [a, b] = [room(from), room(to)];
    if (a === undefined || b === undefined || a === b || TEST.test(from)) continue;
    arrows.getOrInsertComputed(a, () => new Set()).add(b);
  }
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const next of arrows.get(from) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      reach(next, seen);
    }
    return seen;
  };
  const reached = new Map([...arrows.keys()].map((one) => [one, reach(one)]));
  const together = new Set<string>();
  for (const [one, all] of reached) {
    if (!all.has(one)) continue;
    together.add(
      [...all]
        .filter((other) => reached.get(other)?.has(one))
        .sort()
        .join(" "),
    );
  }
  return [...together].map((names) => names.split(" "));
}
