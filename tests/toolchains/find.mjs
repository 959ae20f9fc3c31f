import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { c } from "./c.mjs";
import { cacheFolder } from "./cache.mjs";
import { go } from "./go.mjs";
import { rust } from "./rust.mjs";

export const LANGUAGES = [go, rust, c];

/**
 * The first installed toolchain that compiles a program which says hello. What was found is remembered until the
 * program changes.
 * @param {string} language
 * @returns {Promise<{ found?: import("./find.d.mts").Found, reason: string }>}
 */
export async function findToolchain(language) {
  const known = LANGUAGES.find((entry) => entry.language === language);
  if (known === undefined) throw new Error(`no toolchain is known for ${language}`);
  const candidates = known.candidates();
  const memory = join(cacheFolder("found"), `${language}.json`);
  const remembered = recall(memory);
  const same = candidates.find((candidate) => fingerprint(candidate) === remembered?.key);
  if (same !== undefined) return { found: { ...same, language, version: remembered.version }, reason: "" };
  const reasons = [];
  for (const candidate of candidates) {
    try {
      const version = await probe(known, candidate);
      writeFileSync(memory, JSON.stringify({ key: fingerprint(candidate), version }));
      return { found: { ...candidate, language, version }, reason: "" };
    } catch (error) {
      reasons.push(`${candidate.command[0]} for ${candidate.target}: ${error.message.split("\n").at(-1)}`);
    }
  }
  const reason =
    reasons.length > 0
      ? `no ${language} compiler that can build for WASI (${reasons.join("; ")})`
      : `no ${language} compiler`;
  return { reason };
}

async function probe(known, candidate) {
  const folder = mkdtempSync(join(tmpdir(), "fieldwork-probe-"));
  try {
    return await known.probe(candidate, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fingerprint({ command, env, target }) {
  const programs = [command[0], ...(env.RUSTC === undefined ? [] : [env.RUSTC])];
  return JSON.stringify([
    target,
    env,
    ...programs.map((file) => [file, statSync(file).mtimeMs, statSync(file).size]),
  ]);
}

function recall(memory) {
  try {
    return JSON.parse(readFileSync(memory, "utf8"));
  } catch {
    return undefined;
  }
}
