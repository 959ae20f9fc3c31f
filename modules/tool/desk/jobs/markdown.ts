/** What is needed of a DOM node. */
export interface HtmlNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<HtmlNode>;
  getAttribute?(name: string): string | null;
}
export interface MarkdownOptions {
  /** Links are resolved against it. */
  readonly base: string;
  readonly links: boolean;
}

const TEXT = 3;
const ELEMENT = 1;
const DEPTH_MAX = 400;
const SKIPPED: ReadonlySet<string> = new Set([
  "SCRIPT",
  "STYLE",
  "NOSCRIPT",
  "TEMPLATE",
  "SVG",
  "IFRAME",
  "HEAD",
  "BUTTON",
]);
const BLOCKS: ReadonlySet<string> = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TR UL".split(
    " ",
  ),
);

/** HTML as plain Markdown: headings, lists, links, code, tables as lines; nothing is loaded, nothing runs. */
export function markdownOf(root: HtmlNode, { base, links }: MarkdownOptions): string {
  return children(root, 0)
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

  function children(node: HtmlNode, depth: number): string {
    if (depth > DEPTH_MAX) return node.textContent ?? "";
    let text = "";
    for (const child of node.childNodes) text += written(child, depth + 1, text);
    return text;
  }

  function written(node: HtmlNode, depth: number, before: string): string {
    if (node.nodeType === TEXT) {
      const text = (node.textContent ?? "").replace(/[\s\u00a0]+/g, " ");
      return before === "" || /\s$/.test(before) ? text.replace(/^ /, "") : text;
    }
    if (node.nodeType !== ELEMENT || SKIPPED.has(node.nodeName.toUpperCase())) return "";
    const name = node.nodeName.toUpperCase();
    const inner = () => children(node, depth);
    const heading = /^H([1-6])$/.exec(name);
    if (heading) return `\n\n${"#".repeat(Number(heading[1]))} ${oneLine(inner())}\n\n`;
    switch (name) {
      case "BR":
        return "\n";
      case "HR":
        return "\n\n---\n\n";
      case "A":
        return link(node, oneLine(inner()));
      case "IMG":
        return node.getAttribute?.("alt") ? `[image: ${oneLine(node.getAttribute("alt") ?? "")}]` : "";
      case "CODE":
        return `\`${oneLine(node.textContent ?? "")}\``;
      case "PRE":
        return `\n\n\`\`\`\n${(node.textContent ?? "").replace(/\n$/, "")}\n\`\`\`\n\n`;
      case "LI":
        return `\n- ${inner().trim().replace(/\n+/g, "\n  ")}`;
      case "TD":
      case "TH":
        return `${oneLine(inner())} | `;
      case "TR":
        return `\n${inner().replace(/\| *$/, "").trim()}`;
      case "BLOCKQUOTE":
        return `\n\n${inner().trim().replace(/^/gm, "> ")}\n\n`;
      default:
        return BLOCKS.has(name) ? `\n\n${inner().trim()}\n\n` : inner();
    }
  }

  function link(node: HtmlNode, text: string): string {
    const href = node.getAttribute?.("href");
    const url = href ? URL.parse(href, base) : null;
    const shown = links && text !== "" && (url?.protocol === "http:" || url?.protocol === "https:");
    return shown && !href?.startsWith("#") ? `[${text}](${url?.href})` : text;
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
