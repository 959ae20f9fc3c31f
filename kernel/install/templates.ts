import { existsSync } from "node:fs";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { FieldworkError, parseManifest } from "#contract";

export interface Template {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly language: "TypeScript" | "Go" | "Rust" | "other";
  /** What has to be run in its folder before it works; `null`: nothing. */
  readonly build: string[] | null;
  /** The file to begin with; `null`: its program. */
  readonly opens: string | null;
  readonly files: string[];
}

const templateFile = z.looseObject({
  build: z.array(z.string()).nullable().default(null),
  opens: z.string().nullable().default(null),
});
const MADE = /^(target|node_modules|dist|template\.json)$/;

/** The templates in a folder, each a module's folder with a `template.json` that tells how it is built. */
export async function listTemplates(folder: string): Promise<Template[]> {
  return Promise.all(
    (await namesIn(folder)).map(async (name) => {
      const manifest = parseManifest(await readFile(join(folder, name, "manifest.json"), "utf8"));
      const told = await readFile(join(folder, name, "template.json"), "utf8").catch(() => "{}");
      const { build, opens } = templateFile.parse(JSON.parse(told));
      const entries = await readdir(join(folder, name), { withFileTypes: true });
      const files = entries.filter((one) => one.isFile() && !MADE.test(one.name)).map((one) => one.name);
      return {
        name,
        title: manifest.display_name,
        description: manifest.description ?? "",
        language: languageOf(files),
        build,
        opens,
        files: files.sort(),
      };
    }),
  );
}

/** @throws FieldworkError `not_found` */
export async function copyTemplate(folder: string, name: string, to: string): Promise<void> {
  const source = join(folder, basename(name));
  if (!existsSync(join(source, "manifest.json")))
    throw new FieldworkError("not_found", `There is no template ${name}.`, {
      remedy: `There are: ${(await namesIn(folder)).join(", ")}.`,
    });
  await cp(source, to, {
    recursive: true,
    filter: (path) => !/[\\/](target|node_modules|template\.json)([\\/]|$)/.test(path.slice(source.length)),
  });
  await linkSdk(source, to);
}

const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((one) => one.isDirectory())
    .map((one) => one.name)
    .sort();

/** A template names its SDK by a path beside it; in the home that has to be the whole path. */
async function linkSdk(source: string, staged: string): Promise<void> {
  const text = await readFile(join(source, "template.json"), "utf8").catch(() => undefined);
  const { sdk } = (text ? JSON.parse(text) : {}) as { sdk?: { file: string; path: string } };
  if (!sdk) return;
  const file = join(staged, basename(sdk.file));
  const content = await readFile(file, "utf8");
  await writeFile(file, content.replaceAll(sdk.path, join(source, sdk.path).replaceAll("\\", "/")));
}

function languageOf(files: readonly string[]): Template["language"] {
  if (files.includes("Cargo.toml")) return "Rust";
  if (files.includes("go.mod")) return "Go";
  return files.some((name) => name.endsWith(".ts")) ? "TypeScript" : "other";
}
