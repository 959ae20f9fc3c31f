import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { parseManifest } from "#contract";

export interface Template {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly language: "TypeScript" | "Go" | "Rust" | "other";
  /** What has to be run in its folder before it works; `null`: nothing. */
  readonly build: string[] | null;
  readonly files: string[];
}

const templateFile = z.looseObject({ build: z.array(z.string()).nullable().default(null) });
const MADE = /^(target|node_modules|dist|template\.json)$/;

/** The templates in a folder, each a module's folder with a `template.json` that tells how it is built. */
export async function listTemplates(folder: string): Promise<Template[]> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((one) => one.isDirectory())
    .map((one) => one.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const manifest = parseManifest(await readFile(join(folder, name, "manifest.json"), "utf8"));
      const told = await readFile(join(folder, name, "template.json"), "utf8").catch(() => "{}");
      const entries = await readdir(join(folder, name), { withFileTypes: true });
      const files = entries.filter((one) => one.isFile() && !MADE.test(one.name)).map((one) => one.name);
      return {
        name,
        title: manifest.display_name,
        description: manifest.description ?? "",
        language: languageOf(files),
        build: templateFile.parse(JSON.parse(told)).build,
        files: files.sort(),
      };
    }),
  );
}

function languageOf(files: readonly string[]): Template["language"] {
  if (files.includes("Cargo.toml")) return "Rust";
  if (files.includes("go.mod")) return "Go";
  return files.some((name) => name.endsWith(".ts")) ? "TypeScript" : "other";
}
