import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";
import { atDesk } from "../../desk/index.ts";

const PAGE_MAX_BYTES = 4_194_304;
const TIMEOUT_MS = 30_000;
const PART_CHARS = 20_000;

export const readPage = defineTool({
  name: "web.read",
  version: 1,
  title: "Read a web page",
  summary:
    "Read a web page as plain text: the article without menus and advertisements, as Markdown, part by part.",
  keywords:
    "browse open website article page url link content news scrape summarize webseite lesen artikel leer página lire page",
  input: z.object({
    url: z.string().min(1).max(8192).describe("Address of the page"),
    from: z.int().min(0).default(0).describe("Character to begin at, to go on reading a long page"),
    links: z.boolean().default(false).describe("Show where links lead"),
  }),
  output: z.object({
    title: z.string().describe("Title of the page"),
    by: z.string().nullable().describe("Author"),
    published: z.string().nullable().describe("Date as the page gives it"),
    language: z.string().nullable().describe("Language as the page gives it"),
    text: z.string().describe("The text, a part of it where it is long"),
    from: z.int().describe("Where the part begins"),
    total_chars: z.int().describe("Length of the whole text"),
    article: z.boolean().describe("The main part was found; otherwise all text of the page is given"),
    status: z.int().describe("HTTP status"),
  }),
  needs: ["http.fetch"],
  effect: "network",
  runs: "anywhere",
  taints: true,
  decisive: "url",
  examples: [{ url: "https://example.com/news" }],
  async run({ url, from, links }, place) {
    const { status, headers, body, truncated } = (await place.call("http.fetch", {
      url,
      headers: { accept: "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5" },
      max_bytes: PAGE_MAX_BYTES,
      timeout_ms: TIMEOUT_MS,
    })) as unknown as Answer;
    place.taint();
    const kind = (headers["content-type"] ?? "text/html").split(";", 1)[0]?.trim().toLowerCase() ?? "";
    const page = await pageOf(kind, body, url, links, place.signal);
    if (truncated) place.note("The page is larger than what was read; its end is missing.");
    if (status >= 400)
      place.note(`The server answered with status ${status}: this may not be the page that was meant.`);
    const text = page.text.slice(from, from + PART_CHARS).toWellFormed();
    if (from + text.length < page.text.length)
      place.note(`There is more; go on with from ${from + text.length}.`);
    const { title, by, published, language, main } = page;
    return {
      title,
      by,
      published,
      language,
      text,
      from,
      total_chars: page.text.length,
      article: main,
      status,
    };
  },
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly truncated: boolean;
}

async function pageOf(kind: string, body: string, url: string, links: boolean, signal: AbortSignal) {
  if (kind === "text/html" || kind === "application/xhtml+xml")
    return await atDesk("readable", { html: body, url, links }, signal);
  if (kind.startsWith("text/") || /[/+](json|xml)$/.test(kind))
    return { title: "", by: null, published: null, language: null, text: body, main: false };
  throw new FieldworkError("invalid_input", `${url.slice(0, 200)} is ${kind}, not a page that can be read.`, {
    remedy: "Use http.fetch for other kinds of answers.",
  });
}
