/**
 * Draws one diagram for the panel that shows this frame. Its source comes by a message of the panel alone, and may be anybody's:
 * the library is told to trust nothing, the frame's policy forbids every request and every script but this one.
 */
import "@fontsource-variable/inter/wght.css";
import mermaid from "mermaid";
import "./diagram.css";

interface Asked {
  readonly fw: 1;
  readonly kind: "draw";
  readonly source: string;
  readonly dark: boolean;
}

const SOURCE_MAX_CHARS = 20_000;
const MARGIN_PX = 2;
const INK = { light: "#1b211d", dark: "#e9ece6" };
const COLOURS = {
  light: {
    primaryColor: "#e0eee3",
    primaryBorderColor: "#1f6240",
    lineColor: "#626a64",
    edgeLabelBackground: "#fbfaf6",
    secondaryColor: "#f7ebcf",
    tertiaryColor: "#f3f1e9",
    noteBkgColor: "#f7ebcf",
    noteBorderColor: "#7a5000",
  },
  dark: {
    primaryColor: "#1b3125",
    primaryBorderColor: "#8fd3ab",
    lineColor: "#8d978f",
    edgeLabelBackground: "#171b18",
    secondaryColor: "#352a14",
    tertiaryColor: "#242b26",
    noteBkgColor: "#352a14",
    noteBorderColor: "#ebbf6c",
  },
};

const tell = (word: object): void => parent.postMessage({ fw: 1, ...word }, location.origin);
let drawings = 0;

async function draw({ source, dark }: Asked): Promise<void> {
  const theme = dark ? "dark" : "light";
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    // Labels as text of the picture: markup in them is then only letters.
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    maxTextSize: SOURCE_MAX_CHARS,
    suppressErrorRendering: true,
    theme: "base",
    look: "classic",
    fontFamily: '"Inter Variable", sans-serif',
    themeVariables: {
      darkMode: dark,
      background: "transparent",
      fontSize: "14px",
      textColor: INK[theme],
      primaryTextColor: INK[theme],
      ...COLOURS[theme],
    },
  });
  const { svg } = await mermaid.render(`drawing-${++drawings}`, source.replace(MARKUP, "‹"));
  // Some labels are written in HTML, which is not always XML.
  const picture = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  if (!picture) throw new Error("no picture came out");
  document.documentElement.style.colorScheme = theme;
  document.body.replaceChildren(document.adoptNode(picture));
  const { width, height } = picture.viewBox.baseVal;
  picture.setAttribute("width", "100%");
  picture.setAttribute("height", "100%");
  picture.style.maxWidth = "none";
  tell({ kind: "drawn", width: Math.ceil(width) + MARGIN_PX, height: Math.ceil(height) + MARGIN_PX });
}

/**
 * A tag that begins in a label, other than a line break. The library looks at labels as markup on its way; the frame's policy lets
 * nothing of that run, but it need not come to that. `<<interface>>` and arrows are the diagram's own.
 */
const MARKUP = /(?<!<)<(?!br\b)(?=[a-z/!])/gi;

addEventListener("message", ({ source, origin, data }: MessageEvent<Asked>) => {
  if (source !== parent || parent === window || origin !== location.origin) return;
  if (data?.fw !== 1 || data.kind !== "draw" || typeof data.source !== "string") return;
  if (data.source.length > SOURCE_MAX_CHARS) return tell({ kind: "failed", message: "it is too large" });
  draw(data).catch((error: unknown) =>
    tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
  );
});
tell({ kind: "ready" });
