import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { t } from "../text/index.ts";
import { languageOf } from "./language.ts";
import { theme } from "./theme.ts";

/** All that an editor of a file has. `separator`: how its lines end. */
export async function extensionsFor(
  path: string,
  separator: string,
  told: { save(): void; changed(): void },
): Promise<Extension> {
  const plain = path.endsWith(".md") || path.endsWith(".txt");
  return [
    plain ? [] : [lineNumbers(), highlightActiveLineGutter()],
    highlightActiveLine(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    indentUnit.of(path.endsWith(".go") ? "\t" : "  "),
    EditorState.tabSize.of(4),
    EditorState.lineSeparator.of(separator),
    lintGutter(),
    keymap.of([
      {
        key: "Mod-s",
        preventDefault: true,
        run: () => {
          told.save();
          return true;
        },
      },
      ...defaultKeymap,
      ...historyKeymap,
      ...lintKeymap,
      // Escape, then Tab leaves the editor, as CodeMirror has it for those without a mouse.
      indentWithTab,
    ]),
    EditorView.updateListener.of(({ docChanged }) => docChanged && told.changed()),
    EditorView.contentAttributes.of({
      "aria-label": t.editor.content(path),
      tabindex: "0",
      spellcheck: String(plain),
    }),
    await languageOf(path),
    theme,
  ];
}
