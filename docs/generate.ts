/**
 * Writes the handbook's reference from what the program itself declares: `node docs/generate.ts`.
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capabilityPage } from "./generator/capabilities.ts";
import { commandPage } from "./generator/commands.ts";
import { errorPage } from "./generator/errors.ts";
import { manifestPage } from "./generator/manifest.ts";
import { settingPage } from "./generator/settings.ts";
import { toolPage } from "./generator/tools.ts";

/** Where the pages are. */
export const REFERENCE = join(import.meta.dirname, "reference");

/** Every page of the reference: file name → Markdown. */
export const referencePages = (): Readonly<Record<string, string>> => ({
  "capabilities.md": capabilityPage(),
  "commands.md": commandPage(),
  "errors.md": errorPage(),
  "manifest.md": manifestPage(),
  "settings.md": settingPage(),
  "tools.md": toolPage(),
});

if (import.meta.main) {
  mkdirSync(REFERENCE, { recursive: true });
  for (const [name, text] of Object.entries(referencePages())) writeFileSync(join(REFERENCE, name), text);
}
