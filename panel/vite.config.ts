/**
 * How the panel is built: `vite build panel` writes `panel/dist`, which the server serves as it stands. `vite panel` serves it from
 * its source for work on it, over a server that runs (`FIELDWORK_HOME` says which one, as for `fw`).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, normalizePath, type Plugin, type ProxyOptions } from "vite";

const compress = promisify(brotliCompress);
const COMPRESSED = /\.(js|css|html|svg|webmanifest|json)$/;

/** Writes `x.br` beside every file that compresses, so that the server only sends bytes. */
const brotli = (): Plugin => ({
  name: "fieldwork:brotli",
  apply: "build",
  async writeBundle({ dir }) {
    const root = dir as string;
    const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
      COMPRESSED.test(path),
    );
    await Promise.all(
      paths.map(async (path) => {
        const bytes = readFileSync(join(root, path));
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        writeFileSync(join(root, `${path}.br`), await compress(bytes, { params }));
      }),
    );
  },
});

/** A running server, as its own owner: only while the panel is worked on. */
function proxy(): Record<string, ProxyOptions> {
  const run = join(process.env.FIELDWORK_HOME || join(homedir(), ".fieldwork"), "run");
  if (!existsSync(join(run, "server.json"))) return {};
  const { port } = JSON.parse(readFileSync(join(run, "server.json"), "utf8")) as { port: number };
  const token = readFileSync(join(run, "token"), "utf8").trim();
  const target = `http://127.0.0.1:${port}`;
  const headers = { authorization: `Bearer ${token}`, origin: target };
  const toServer = { target, changeOrigin: true, headers };
  return { "/api": toServer, "/healthz": toServer, "/readyz": toServer };
}

const HERE = `${normalizePath(import.meta.dirname)}/`;
const WITH_EFFECTS: ReadonlySet<string> = new Set(["main.tsx", "diagram/main.ts", "design/styles.ts"]);

/** The panel's own source does nothing by being imported, these files excepted: so a page loads what it uses of a folder, not all of it. */
const moduleSideEffects = (id: string): boolean | undefined =>
  id.startsWith(HERE) && /\.tsx?$/.test(id) ? WITH_EFFECTS.has(id.slice(HERE.length)) : undefined;

/**
 * What nearly every page uses comes in files of its own: the libraries, the kit with its words, and the icons of more than one page,
 * which would else be a file each.
 */
const SHARED = [
  {
    name: "react",
    test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/(query-core|react-query)|wouter|regexparam)\//,
  },
  {
    name: "kit",
    test: (id: string) =>
      id.startsWith(HERE) &&
      /^(client\/|live\/|design\/(?!long_list|styles)|text\/(index|en\/(index|common|shell))\.)/.test(
        id.slice(HERE.length),
      ),
    includeDependenciesRecursively: false,
  },
  { name: "icons", test: /node_modules\/lucide-react\// },
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), brotli()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      treeshake: { moduleSideEffects },
      output: { codeSplitting: { groups: SHARED } },
      input: {
        panel: join(import.meta.dirname, "index.html"),
        // Diagrams are drawn in a frame with a policy of its own.
        diagram: join(import.meta.dirname, "diagram", "index.html"),
      },
    },
  },
  server: { host: "127.0.0.1", proxy: proxy() },
});
