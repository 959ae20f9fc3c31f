/**
 * Module names that begin with this are ours: the SDK and the glue. No file of an agent has such a name and no
 * relative path leads there, so an agent cannot import the glue.
 */
export const RUNTIME_PREFIX = "fieldwork:/";

export type Resolution = { readonly found: string } | { readonly problem: string; readonly remedy: string };

/** Finds the module that `specifier` names in `importer`, purely by names: no file is looked at. */
export function resolveImport(
  importer: string,
  specifier: string,
  modules: Readonly<Record<string, string>>,
): Resolution {
  const own = importer.startsWith(RUNTIME_PREFIX);
  if (specifier === "fieldwork") return { found: `${RUNTIME_PREFIX}sdk/index.ts` };
  if (specifier === "fieldwork/testing") {
    return {
      problem: `"fieldwork/testing" is for tests that run outside the sandbox`,
      remedy: "Import it in test files only.",
    };
  }
  if (specifier.startsWith(RUNTIME_PREFIX) && own) return { found: specifier };
  if (!/^\.\.?\//.test(specifier)) {
    return {
      problem: `cannot import "${specifier}": an agent imports its own files and "fieldwork", nothing else`,
      remedy: specifier.startsWith("node:")
        ? "Node's modules do not exist in the sandbox: ask the host instead (host.fs, host.http, host.exec)."
        : "Copy what you need into the agent's folder and import it with a relative path (./name.ts).",
    };
  }
  const name = join(importer, specifier);
  if (name === undefined) {
    return {
      problem: `cannot import "${specifier}": it is outside the agent's folder`,
      remedy: "Keep all files that the agent imports in its folder.",
    };
  }
  for (const candidate of [name, `${name}.ts`, `${name}.js`]) {
    if (Object.hasOwn(modules, candidate)) return { found: candidate };
  }
  return {
    problem: `cannot import "${specifier}": there is no ${name}, ${name}.ts or ${name}.js in the agent's folder`,
    remedy: "Check the spelling; folders are not imported, name the file in them.",
  };
}

/** `specifier` relative to the module `importer`; undefined when it climbs out of the root. */
function join(importer: string, specifier: string): string | undefined {
  const root = importer.startsWith(RUNTIME_PREFIX) ? RUNTIME_PREFIX : "";
  const path = importer.slice(root.length).split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (path.pop() === undefined) return undefined;
    } else {
      path.push(part);
    }
  }
  return root + path.join("/");
}

/** The offset at which `source` imports `specifier`: of the quote that begins it. 0 where it is not found. */
export function offsetOfImport(source: string, specifier: string): number {
  const quoted = specifier.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const match = new RegExp(`(?:from|import)\\s*\\(?\\s*(?=(["'\`])${quoted}\\1)`).exec(source);
  return match ? match.index + match[0].length : 0;
}
