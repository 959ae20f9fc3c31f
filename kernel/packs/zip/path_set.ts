import { pathProblem } from "./entry_path.ts";

/** The paths of one pack; tells what forbids the next one beside those before it. */
export interface PathSet {
  add(path: string, kind: "file" | "folder"): string | undefined;
}

interface Place {
  readonly path: string;
  readonly kind: "file" | "folder";
  /** An entry of its own, not only the folder of another. */
  readonly listed: boolean;
}

/** Two paths are the same place when they differ only in case, as on the file systems of macOS and Windows. */
export function createPathSet(): PathSet {
  const places = new Map<string, Place>();

  const claim = (path: string, kind: "file" | "folder", listed: boolean): string | undefined => {
    const key = folded(path);
    const before = places.get(key);
    if (before === undefined || (before.kind === kind && !before.listed && before.path === path)) {
      places.set(key, { path, kind, listed });
      return undefined;
    }
    if (before.kind !== kind) return "it is a file and a folder";
    if (before.path !== path) return "another path differs only in case";
    return listed ? "the path stands there twice" : undefined;
  };

  return {
    add(path, kind) {
      const problem = pathProblem(path);
      if (problem !== undefined) return problem;
      for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
        const above = claim(path.slice(0, at), "folder", false);
        if (above !== undefined) return above;
      }
      return claim(path, kind, true);
    },
  };
}

function folded(path: string): string {
  return path.normalize("NFD").toUpperCase().toLowerCase().normalize("NFC");
}
