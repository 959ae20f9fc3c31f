import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** How a file is read, by the ending of its name; each language is loaded when it is first needed. */
export async function languageOf(path: string): Promise<Extension> {
  switch (/\.(\w+)$/.exec(path)?.[1]?.toLowerCase()) {
    case "ts":
    case "js":
    case "mjs":
    case "as": {
      const { javascript } = await import("@codemirror/lang-javascript");
      return javascript({ typescript: true });
    }
    case "json": {
      const { json } = await import("@codemirror/lang-json");
      return json();
    }
    case "md": {
      const { markdown } = await import("@codemirror/lang-markdown");
      return [markdown(), EditorView.lineWrapping];
    }
    case "txt":
      return EditorView.lineWrapping;
    default:
      return [];
  }
}
