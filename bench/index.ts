/**
 * Runs every bench in a process of its own, one after the other, and prints one dated table.
 * `node bench/index.ts`
 */
import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { type Figure, table } from "./figure.ts";
import { mebibytes } from "./harness.ts";

const BENCHES = [
  "round-trip",
  "in-sandbox",
  "counter",
  "fresh-call",
  "metering",
  "installed",
  "idle",
  "start",
] as const;

const figures: Figure[] = [];
for (const name of BENCHES) {
  process.stderr.write(`${name} …\n`);
  const program = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const printed = execFileSync(process.execPath, [program, "--json"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  figures.push(...(JSON.parse(printed) as Figure[]));
}

const date = new Date().toISOString().slice(0, 10);
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${mebibytes(totalmem())}`;
console.log(
  `Measured on ${date}: ${machine}, ${process.platform} ${process.arch}, Node ${process.versions.node}.\n`,
);
console.log(table(figures));
