import { dirname } from "node:path";
import { normalizePath } from "vite";

/** The panel's folder, as the names of modules begin. */
const HERE = `${normalizePath(dirname(import.meta.dirname))}/`;
const WITH_EFFECTS: ReadonlySet<string> = new Set(["main.tsx", "diagram/main.ts", "style/index.ts"]);

/** The panel's own source does nothing by being imported, these files excepted: so a page loads what it uses of a folder, not all of it. */
export const moduleSideEffects = (id: string): boolean | undefined =>
  id.startsWith(HERE) && /\.tsx?$/.test(id) ? WITH_EFFECTS.has(id.slice(HERE.length)) : undefined;

/**
 * What nearly every page uses comes in files of its own: the libraries, the kit with its words, and the icons of more than one page,
 * which would else be a file each.
 */
export const SHARED = [
  {
    name: "react",
    test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/(query-core|react-query)|wouter|regexparam)\//,
  },
  {
    name: "kit",
    test: (id: string) =>
      id.startsWith(HERE) &&
      /^(client\/|live\/|design\/(?!long_list)|text\/(index|en\/(index|common|shell))\.)/.test(
        id.slice(HERE.length),
      ),
    includeDependenciesRecursively: false,
  },
  { name: "icons", test: /node_modules\/lucide-react\// },
];
