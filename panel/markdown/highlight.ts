import { createLowlight } from "lowlight";
import { loadLanguage } from "./languages.ts";

/** Text, or a span with classes around such. */
export type Coloured = string | { readonly classes: string; readonly children: readonly Coloured[] };

const lowlight = createLowlight();
const loading = new Map<string, Promise<void>>();

/** Makes a language ready. @throws where its file cannot be loaded */
export function ready(language: string): Promise<void> {
  const known = loading.get(language);
  if (known) return known;
  const load = loadLanguage(language).then((grammar) => lowlight.register(language, grammar));
  loading.set(language, load);
  load.catch(() => loading.delete(language));
  return load;
}

type Nodes = ReturnType<typeof lowlight.highlight>["children"];

/** Code in colours, in a language that is ready. */
export const colour = (language: string, code: string): readonly Coloured[] =>
  toColoured(lowlight.highlight(language, code).children);

function toColoured(nodes: Nodes): readonly Coloured[] {
  return nodes.flatMap((node): readonly Coloured[] => {
    if (node.type === "text") return [node.value];
    if (node.type !== "element") return [];
    const { className } = node.properties;
    return [
      {
        classes: Array.isArray(className) ? className.join(" ") : "",
        children: toColoured(node.children as Nodes),
      },
    ];
  });
}
