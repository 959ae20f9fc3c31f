/**
 * How the panel is built: `vite build panel` writes `panel/dist`, which the server serves as it stands. `vite panel` serves it from
 * its source for work on it, over a server that runs (`FIELDWORK_HOME` says which one, as for `fw`).
 */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type ProxyOptions } from "vite";
import { moduleSideEffects, SHARED } from "./build/chunks.ts";
import { compressed } from "./build/compressed.ts";
import { firstLoad } from "./build/first_load.ts";
import { layers } from "./build/layers.ts";

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

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), layers(), firstLoad(), compressed()],
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
