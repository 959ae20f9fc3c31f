import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonValue } from "#contract";
import { ROOT } from "../tests/support/system.ts";
import { toolchain } from "../tests/toolchains/index.ts";

/** An agent of `templates/`, built. */
export interface Template {
  readonly id: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly manifest: Readonly<Record<string, JsonValue>>;
  /** The compiled agent; absent where it is a script. */
  readonly wasm?: Uint8Array<ArrayBuffer>;
}

/** Undefined where there is no compiler for it. */
export async function template(language: "rust" | "go" | "ts"): Promise<Template | undefined> {
  const id = `agent-${language}`;
  const folder = join(ROOT, "templates", id);
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Template["manifest"];
  if (language === "ts") {
    const sources = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.includes("test"));
    const files = Object.fromEntries(sources.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
    return { id, files, manifest };
  }
  const compiler = await toolchain(language);
  if (compiler.missing !== false) return undefined;
  const wasm = Uint8Array.from(await readFile(await compiler.build(`templates/${id}`)));
  return { id, files: { "agent.wasm": wasm }, manifest, wasm };
}
