import type { Plugin, Rolldown } from "vite";

type Chunk = Rolldown.OutputChunk;

const PAGE = /\/pages\/([a-z]+)\/index\.ts$/;
const SHELL = /\/shell\/index\.ts$/;
/** Where `/` leads to; `index.html` is its page. */
const HOME = "chat";

/**
 * Writes `pages/x.html` beside `index.html` for every page: the same document, which names the page's script and style too. So a
 * browser fetches all it needs at once, and not one after the other as each is found to need the next.
 */
export const firstLoad = (): Plugin => ({
  name: "fieldwork:first-load",
  apply: "build",
  enforce: "post",
  generateBundle(_, bundle) {
    const chunks = new Map(
      Object.values(bundle).flatMap((one) => (one.type === "chunk" ? [[one.fileName, one] as const] : [])),
    );
    const circle = findCircle(chunks);
    if (circle)
      this.error(`these files import one another in a circle (build/chunks.ts): ${circle.join(" > ")}`);
    const index = bundle["index.html"];
    const shell = [...chunks.values()].find(({ facadeModuleId }) => SHELL.test(facadeModuleId ?? ""));
    if (index?.type !== "asset" || !shell) return this.error("there is no index.html, or no shell");
    const document = String(index.source);
    for (const chunk of chunks.values()) {
      const name = PAGE.exec(chunk.facadeModuleId ?? "")?.[1];
      if (name === undefined) continue;
      const source = document.replace("  </head>", `${links([shell, chunk], chunks, document)}  </head>`);
      if (name === HOME) index.source = source;
      this.emitFile({ type: "asset", fileName: `pages/${name}.html`, source });
    }
  },
});

/** What these need, and the document does not name yet. */
function links(from: readonly Chunk[], chunks: ReadonlyMap<string, Chunk>, document: string): string {
  const needed = new Set(from);
  for (const chunk of needed)
    for (const name of chunk.imports) {
      const found = chunks.get(name);
      if (found) needed.add(found);
    }
  const styles = new Set([...needed].flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]));
  return [
    ...[...needed].map(({ fileName }) => ["modulepreload", fileName] as const),
    ...[...styles].map((fileName) => ["stylesheet", fileName] as const),
  ]
    .filter(([, fileName]) => !document.includes(`"/${fileName}"`))
    .map(([rel, fileName]) => `    <link rel="${rel}" crossorigin href="/${fileName}">\n`)
    .join("");
}

/** Files that import one another would run before what they need: a name that is not there yet, at the first load. */
function findCircle(chunks: ReadonlyMap<string, Chunk>): readonly string[] | undefined {
  const done = new Set<string>();
  const follow = (name: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const next of chunks.get(name)?.imports ?? []) {
      const circle = follow(next, [...path, name]);
      if (circle) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of chunks.keys()) {
    const circle = follow(name, []);
    if (circle) return circle;
  }
  return undefined;
}
