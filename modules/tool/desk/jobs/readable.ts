import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { type HtmlNode, markdownOf } from "./markdown.ts";

export interface ReadableJob {
  readonly html: string;
  /** Where the page was found; links are told from there. */
  readonly url: string;
  readonly links: boolean;
}
export interface Readable {
  readonly title: string;
  readonly by: string | null;
  readonly published: string | null;
  readonly language: string | null;
  readonly text: string;
  /** The main part of the page was found; otherwise the text is all that the page says. */
  readonly main: boolean;
}

const ELEMENTS_MAX = 200_000;
const REMOVED = "script, style, noscript, template, svg, iframe, object, head";

/** The text of a page as Markdown, without what stands around it. */
export function readable({ html, url, links }: ReadableJob): Readable {
  const { document } = parseHTML(html.includes("<body") ? html : `<html><body>${html}</body></html>`);
  const title = document.querySelector("title")?.textContent?.trim() ?? "";
  const language = document.documentElement?.getAttribute("lang") ?? null;
  const article = new Readability(document.cloneNode(true) as never, {
    maxElemsToParse: ELEMENTS_MAX,
    serializer: (node) => node as unknown as HtmlNode,
  }).parse();
  const options = { base: baseOf(document.querySelector("base")?.getAttribute("href"), url), links };
  const main = article?.content ? markdownOf(article.content, options) : "";
  if (main.length > 0) {
    return {
      title: article?.title?.trim() || title,
      by: article?.byline?.trim() || null,
      published: article?.publishedTime || null,
      language: article?.lang || language,
      text: main,
      main: true,
    };
  }
  for (const node of document.querySelectorAll(REMOVED)) node.remove();
  const text = markdownOf((document.body ?? document.documentElement) as unknown as HtmlNode, options);
  return { title, by: null, published: null, language, text, main: false };
}

function baseOf(href: string | null | undefined, url: string): string {
  return (href && URL.parse(href, url)?.href) || url;
}
