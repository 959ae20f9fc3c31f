import type { Setting } from "#contract";
import { kernelSettings } from "../../kernel/settings/index.ts";
import { builtIn } from "../../modules/index.ts";
import { code, generatedPage, markdownTable } from "./markdown.ts";
import { boundsText, defaultText, shapeOf, typeText } from "./shape.ts";

/** Defaults that depend on the machine, in words. */
const OF_THE_MACHINE: Readonly<Record<string, string>> = {
  "exec.path": "the system's program folders",
  "sandbox.processes": "one a processor core, 8 at most",
};

/** Every setting of the kernel and of the built-in modules. */
export const settingPage = (): string =>
  generatedPage(
    "Settings",
    "`fw setting list` shows them with their present values; `fw setting set KEY VALUE` changes one. A change is in force at " +
      "once, unless its meaning says otherwise.",
    table("## Kernel", kernelSettings),
    ...builtIn.flatMap(({ id, settings = [] }) =>
      settings.length > 0 ? [table(`## Module ${code(id)}`, settings)] : [],
    ),
  );

const table = (title: string, settings: readonly Setting[]): string =>
  `${title}\n\n${markdownTable(
    ["setting", "type", "default", "bounds", "meaning"],
    settings.map(({ key, schema, initial, summary }) => {
      const shape = shapeOf(schema, "input");
      return [
        code(key),
        typeText(shape),
        OF_THE_MACHINE[key] ?? defaultText(initial),
        boundsText(shape),
        summary,
      ];
    }),
  )}`;
