import { existsSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { type Import, readImports } from "./imports.ts";

/** What the files of one top-level folder may import besides their own folder. */
interface House {
  readonly houses: readonly string[];
  /** Houses of which only types may be imported. */
  readonly types?: readonly string[];
  /** `undefined`: any npm package. */
  readonly packages?: readonly string[];
  readonly builtins?: false;
  /** Each folder directly inside is by itself: `apart` imports no other, `doors` only another's `index.ts`. */
  readonly rooms?: "apart" | "doors";
}

const EVERYTHING = [
  "contract",
  "kernel",
  "modules",
  "server",
  "panel",
  "cli",
  "sdk",
  "setup",
  "tests",
  "bench",
  "docs",
  "templates",
  "main.ts",
];

const HOUSES: Readonly<Record<string, House>> = {
  contract: { houses: [], packages: ["zod"], builtins: false },
  kernel: { houses: ["contract"], rooms: "doors" },
  modules: { houses: ["contract"], rooms: "apart" },
  server: { houses: ["contract"], types: ["kernel"] },
  panel: { houses: [], types: ["contract"] },
  cli: { houses: ["contract"] },
  sdk: { houses: [], rooms: "apart" },
  templates: { houses: [], packages: ["fieldwork"], builtins: false, rooms: "apart" },
  packs: { houses: [], packages: ["fieldwork"], builtins: false, rooms: "apart" },
  setup: { houses: [], packages: [] },
  "main.ts": { houses: EVERYTHING },
  "vitest.config.ts": { houses: [] },
  tests: { houses: EVERYTHING },
  bench: { houses: EVERYTHING },
  docs: { houses: EVERYTHING },
};

/** Tests beside the source, and what only they use, may also use any package, the contract, what `tests/` offers, and guests. */
const IN_TEST = /([.-]test\.tsx?$|\/(test|tests|fixtures)\/)/;

/** Every import under a root that the design does not allow, in words: `file:line imports target: why`. */
export function violations(root: string): readonly string[] {
  return readImports(root).flatMap((one) => {
    const why = objection(root, one);
    return why === undefined ? [] : [`${one.from}:${one.line} imports ${one.to}: ${why}`];
  });
}

const houseOf = (path: string) => path.split("/")[0] ?? "";

function objection(root: string, one: Import): string | undefined {
  const name = houseOf(one.from);
  const house = HOUSES[name];
  if (!house) return `the design has no ${name}`;
  const free = IN_TEST.test(one.from) || name === "tests" || name === "bench";
  if (one.to === "computed")
    return free || name === "kernel" || name === "main.ts" ? undefined : "nobody can see what this imports";
  if (one.to.startsWith("node:"))
    return house.builtins === false && !free ? `${name} runs without Node` : undefined;
  if (one.to.startsWith("npm:#")) return "there is no such alias in package.json";
  if (one.to.startsWith("npm:")) {
    const allowed = free || house.packages === undefined || house.packages.includes(one.to.slice(4));
    return allowed ? undefined : `${name} imports no package but ${house.packages?.join(", ") || "none"}`;
  }
  const target = houseOf(one.to);
  if (target === ".." || target === "node_modules") return "it leads out of the house";
  if (target === name) return within(root, house, one);
  if (house.houses.includes(target) || (free && ["tests", "sdk", "templates", "contract"].includes(target)))
    return throughDoor(root, one, free);
  if (house.types?.includes(target))
    return one.typeOnly ? throughDoor(root, one, free) : `only types of ${target} may be used in ${name}`;
  return `there is no arrow ${name} → ${target}`;
}

function within(root: string, house: House, one: Import): string | undefined {
  const room = (path: string) => (path.split("/").length > 2 ? path.split("/")[1] : undefined);
  const [from, to] = [room(one.from), room(one.to)];
  if (from !== to && house.rooms === "apart" && from !== undefined)
    return `${from} and ${to ?? one.to} do not know each other`;
  if (
    from !== to &&
    to !== undefined &&
    house.rooms === "doors" &&
    one.to.split("/").slice(2).join("/") !== "index.ts"
  )
    return `the door of ${to} is its index.ts`;
  return throughDoor(root, one, IN_TEST.test(one.to));
}

/** Programs about the whole: its tests, its measurements, its reference. */
const LOOKS_BEHIND = /^(tests|bench|docs)\//;

/**
 * A folder with an `index.ts` is entered through it alone; for whole-system programs, which look behind, all doors are open. A
 * worker is a program of its own, which no door can export.
 */
function throughDoor(root: string, one: Import, open: boolean): string | undefined {
  if (open || one.to.endsWith(".worker.ts") || LOOKS_BEHIND.test(one.from)) return undefined;
  for (let folder = dirname(one.to); folder !== "."; folder = dirname(folder)) {
    if (one.from.startsWith(`${folder}/`)) return undefined;
    const door = posix.join(folder, "index.ts");
    if (one.to !== door && existsSync(join(root, door))) return `the door of ${folder} is its index.ts`;
  }
  return undefined;
}
