import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { parseAst } from "vitest/node";

/** One import as it stands in a file. Paths are relative to the root, with `/`. */
export interface Import {
  readonly from: string;
  /** A file of the house, `npm:<package>`, `node:<builtin>`, or `computed` where it is known only when it runs. */
  readonly to: string;
  readonly line: number;
  readonly typeOnly: boolean;
}

const SOURCE = /\.(ts|tsx|mts|mjs)$/;
const SKIPPED = /^(node_modules|dist|target|coverage|\..*)$/;

/** Every static, re-exporting, type, worker and dynamic import of every source file under a root. */
export function readImports(root: string): readonly Import[] {
  const aliases = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).imports ?? {};
  return sourceFiles(root).flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return importsOf(path, text).map(({ specifier, typeOnly, start }) => ({
      from: path,
      to: resolve(path, specifier, aliases),
      line: text.slice(0, start).split("\n").length,
      typeOnly,
    }));
  });
}

function sourceFiles(root: string, folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.test(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(root, path);
    return SOURCE.test(entry.name) ? [relative(root, path).split(sep).join("/")] : [];
  });
}

function resolve(
  from: string,
  specifier: string | undefined,
  aliases: Readonly<Record<string, string>>,
): string {
  if (specifier === undefined) return "computed";
  const alias = aliases[specifier];
  if (alias !== undefined) return posix.normalize(alias);
  if (specifier.startsWith("node:")) return specifier;
  if (specifier.startsWith("/") || specifier.startsWith("file:")) return "computed";
  if (specifier.startsWith("#")) return `npm:${specifier}`;
  if (specifier.startsWith(".")) return posix.join(dirname(from), specifier);
  const [scope = "", name = ""] = specifier.split("/");
  return `npm:${scope.startsWith("@") ? `${scope}/${name}` : scope}`;
}

interface Found {
  readonly specifier: string | undefined;
  readonly typeOnly: boolean;
  readonly start: number;
}
type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

function importsOf(path: string, text: string): readonly Found[] {
  const found: Found[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (isNode(value)) {
      const specifier = specifierOf(value);
      if (specifier) found.push({ ...specifier, start: value.start });
      for (const [key, child] of Object.entries(value)) if (key !== "parent") visit(child);
    }
  };
  visit(parseAst(text, { lang: path.endsWith("x") ? "tsx" : path.endsWith(".mjs") ? "js" : "ts" }).body);
  return found;
}

function specifierOf(node: Node): Omit<Found, "start"> | undefined {
  const literal = (value: unknown) =>
    isNode(value) && typeof value.value === "string" ? value.value : plainTemplate(value);
  switch (node.type) {
    case "ImportDeclaration":
      return { specifier: literal(node.source), typeOnly: node.importKind === "type" || onlyTypes(node) };
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      if (!node.source) return undefined;
      return { specifier: literal(node.source), typeOnly: node.exportKind === "type" || onlyTypes(node) };
    case "ImportExpression":
      return { specifier: literal(node.source), typeOnly: false };
    case "TSImportType":
      return { specifier: literal(node.source ?? node.argument), typeOnly: true };
    case "TSExternalModuleReference":
      return { specifier: literal(node.expression), typeOnly: false };
    case "CallExpression":
      return isNode(node.callee) && node.callee.name === "require"
        ? { specifier: literal((node.arguments as unknown[])[0]), typeOnly: false }
        : undefined;
    case "NewExpression": {
      // `new URL("./worker.ts", import.meta.url)` is how a worker's or another program's file is named.
      const file =
        isNode(node.callee) && node.callee.name === "URL" && literal((node.arguments as unknown[])[0]);
      return file && /^\.\.?\/.*\.ts$/.test(file) ? { specifier: file, typeOnly: false } : undefined;
    }
    default:
      return undefined;
  }
}

function onlyTypes(node: Node): boolean {
  const all = (node.specifiers ?? []) as readonly Node[];
  return all.length > 0 && all.every((one) => one.importKind === "type" || one.exportKind === "type");
}

function plainTemplate(value: unknown): string | undefined {
  if (!isNode(value) || value.type !== "TemplateLiteral") return undefined;
  const [only, ...more] = value.quasis as readonly { value: { cooked: string } }[];
  return more.length === 0 ? only?.value.cooked : undefined;
}
