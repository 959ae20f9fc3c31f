/** The tools a manifest declares: names and families; `undefined` where it declares none, or cannot be read. */
export function declaredIn(manifest: string | undefined): readonly string[] | undefined {
  if (manifest === undefined) return undefined;
  try {
    const { tools } = JSON.parse(manifest) as { readonly tools?: unknown };
    return Array.isArray(tools) && tools.every((one) => typeof one === "string") ? tools : undefined;
  } catch {
    return undefined;
  }
}

/** The tools that names and families (`fs.*`, or `fs` for all that begin so) stand for. */
export const expand = (names: readonly string[], all: readonly string[]): readonly string[] =>
  all.filter((tool) =>
    names.some((name) => {
      const family = name.endsWith(".*") ? name.slice(0, -2) : name;
      return tool === name || tool.startsWith(`${family}.`);
    }),
  );
