#!/usr/bin/env node
// Makes the compilers of the fixtures and templates available: uses what is installed and fits, installs the rest.
// Runs on Node 20 and newer; installs on Debian 12 as root. `node install.mjs [go] [rust] [c]`, all where none is named.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fetchCrates } from "./crates.mjs";
import { findToolchain, LANGUAGES } from "./find.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const RUST_PACKAGES = ["templates/agent-rust", "tests/fixtures/flowork-rust"];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !LANGUAGES.some(({ language }) => language === name));
if (unknown.length > 0) {
  console.error(
    `unknown: ${unknown.join(", ")}; known: ${LANGUAGES.map(({ language }) => language).join(", ")}`,
  );
  process.exit(2);
}

for (const known of LANGUAGES) {
  if (wanted.length > 0 && !wanted.includes(known.language)) continue;
  try {
    const found = await obtain(known);
    console.log(`${known.language}: ${found.version} (${found.command.join(" ")}, ${found.target})`);
  } catch (error) {
    console.error(`${known.language}: not available: ${error.message}`);
    process.exitCode = 1;
  }
}

async function obtain(known) {
  let { found } = await findToolchain(known.language);
  if (found === undefined) {
    await known.install();
    const again = await findToolchain(known.language);
    if (again.found === undefined) throw new Error(`installed, but ${again.reason}`);
    found = again.found;
  }
  if (found.language === "rust") {
    for (const folder of RUST_PACKAGES) await fetchCrates(found, join(ROOT, folder));
  }
  return found;
}
