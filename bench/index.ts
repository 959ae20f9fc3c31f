/**
 * Runs every bench in a process of its own, one after the other, and prints one dated table.
 * `node bench/index.ts`; some by naming them; with `--readme` it also puts the table into the README.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
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
  "turn",
  "hibernation",
  "growth",
  "recall",
  "gateway",
  "panel",
] as const;

const BEGIN = "<!-- bench:begin -->";
const END = "<!-- bench:end -->";

const figures: Figure[] = [];
const asked = process.argv.slice(2).filter((one) => !one.startsWith("--"));
for (const name of BENCHES.filter((one) => asked.length === 0 || asked.includes(one))) {
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
const measured = `Measured on ${date}: ${machine}, ${process.platform} ${process.arch}, Node ${process.versions.node}, with \`node bench/index.ts\`.

${table(figures)}`;
console.log(measured);

if (process.argv.includes("--readme")) {
  const path = fileURLToPath(new URL("../README.md", import.meta.url));
  const readme = readFileSync(path, "utf8");
  const [before = "", rest = ""] = readme.split(BEGIN);
  const after = rest.slice(rest.indexOf(END));
  writeFileSync(path, `${before}${BEGIN}\n\n${measured.trim()}\n\n${after}`);
}
