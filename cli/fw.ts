#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** In the program's own folder: a cache in a place that others can write would be a way in. */
enableCompileCache(join(root, "node_modules", ".cache", "fw"));

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2), root, process.env);
