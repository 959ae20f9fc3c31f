import { createLowlight } from "lowlight";
import { languageOf, loadLanguage } from "./languages.ts";

/** Text, or a span with classes around such. */
export type Coloured = string | { readonly classes: string; readonly children: readonly Coloured[] };
export type Colour = (code: string) => readonly Coloured[];

const lowlight = createLowlight();
const loading = new Map<string, Promise<void>>();

/**
 * What colours code of the language that the words behind a fence name, or nothing where it is not known.
 * @throws where the language's file cannot be loaded
 */
export async function colourOf(info: string): Promise<Colour | undefined> {
  const language = languageOf(info);
  if (language === undefined) return undefined;
  await ready(language);
  return (code) => toColoured(lowlight.highlight(language, code).children);
}

function ready(language: string): Promise<void> {
  const known = loading.get(language);
  if (known) return known;
  const load = loadLanguage(language).then((grammar) => lowlight.register(language, grammar));
  loading.set(language, load);
  load.catch(() => loading.delete(language));
  return load;
}

type Nodes = ReturnType<typeof lowlight.highlight>["children"];

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
