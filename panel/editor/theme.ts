import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const MARKER = {
  content: "none",
  borderRadius: "50%",
  width: "0.55em",
  height: "0.55em",
  margin: "0.45em auto 0",
};

/** The editor in the panel's colours; the tokens reach into the shadow root, so light and dark come by themselves. */
const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--raised)", fontSize: "var(--t-sm)", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", fontFeatureSettings: '"calt" 0' },
  ".cm-content": { caretColor: "var(--accent)", padding: "0.75rem 0" },
  ".cm-line": { padding: "0 1rem 0 0.5rem" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-faint)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.4rem 0 0.9rem", minWidth: "2.2rem" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--hover) 55%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 24%, transparent)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--accent-soft)",
    outline: "1px solid var(--accent)",
  },
  ".cm-gutter-lint": { width: "1rem" },
  ".cm-lint-marker": MARKER,
  ".cm-lint-marker-error": { content: "none", backgroundColor: "var(--danger)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--danger)",
    textUnderlineOffset: "0.2em",
  },
  ".cm-tooltip": {
    maxWidth: "min(34rem, 90vw)",
    border: "1px solid var(--line)",
    borderRadius: "var(--r1)",
    backgroundColor: "var(--raised)",
    boxShadow: "var(--shadow-2)",
    font: "var(--t-sm) / 1.5 var(--sans)",
  },
  ".cm-diagnostic": { padding: "0.4rem 0.75rem", overflowWrap: "anywhere" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--danger)" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--kind-4)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--kind-1)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--kind-3)" },
  { tag: [tags.comment, tags.meta], color: "var(--ink-faint)", fontStyle: "italic" },
  { tag: [tags.typeName, tags.className, tags.namespace], color: "var(--kind-3)" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.labelName],
    color: "var(--kind-2)",
  },
  { tag: [tags.propertyName, tags.attributeName], color: "var(--kind-2)" },
  { tag: [tags.punctuation, tags.bracket, tags.separator, tags.operator], color: "var(--ink-soft)" },
  { tag: tags.heading, fontWeight: "650" },
  { tag: tags.strong, fontWeight: "650" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.link, color: "var(--kind-4)" },
  { tag: tags.url, color: "var(--kind-2)", textDecoration: "underline" },
  { tag: tags.monospace, color: "var(--kind-3)" },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: "var(--ink-faint)" },
  { tag: tags.invalid, color: "var(--danger)" },
]);

export const theme: Extension = [look, syntaxHighlighting(colours)];
