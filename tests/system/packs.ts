/** Packs made for a test. */
import { writeFileSync } from "node:fs";
import { zipSync } from "fflate";
import type { JsonValue } from "../../contract/index.ts";

/** Writes a `.fwagent.zip`: a manifest made of the parts given, and the files. */
export function writePack(
  path: string,
  id: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  manifest: Readonly<Record<string, JsonValue>> = {},
): string {
  const full = {
    id,
    version: "1.0.0",
    kind: "agent",
    display_name: id,
    entry: "agent.ts",
    abi_version: 1,
    ...manifest,
  };
  const bytes = (content: string | Uint8Array) =>
    typeof content === "string" ? new TextEncoder().encode(content) : content;
  const entries = Object.entries({ "manifest.json": JSON.stringify(full), ...files });
  writeFileSync(path, zipSync(Object.fromEntries(entries.map(([name, content]) => [name, bytes(content)]))));
  return path;
}
