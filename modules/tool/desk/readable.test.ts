import { afterAll, expect, test } from "vitest";
import { atDesk, closeDesk } from "./index.ts";

afterAll(closeDesk);
const signal = new AbortController().signal;
const read = (html: string, links = false) =>
  atDesk("readable", { html, url: "https://example.com/news/today.html", links }, signal);

const sentence =
  "The garden was planted in spring, and everybody who came by said how well it looked, even in the rain. ";
const page = `<!doctype html><html lang="en"><head><title>Garden news</title><script>steal()</script></head><body>
<nav><a href="/">Home</a><a href="/shop">Shop</a></nav>
<article><h1>Spring</h1><p>${sentence.repeat(4)}</p><h2>What grew</h2><ul><li>Tulips</li><li>Beans &amp; peas</li></ul>
<p>${sentence.repeat(3)} <a href="../more.html">Read on</a> <a href="javascript:alert(1)">bad</a></p>
<pre>row 1
row 2</pre><table><tr><th>Bed</th><th>Plant</th></tr><tr><td>1</td><td>Tulip</td></tr></table></article>
<footer>Imprint</footer></body></html>`;

test("an article is read without what stands around it", async () => {
  const { title, language, text, main } = await read(page);
  expect({ title, language, main }).toEqual({ title: "Garden news", language: "en", main: true });
  expect(text).toContain("## What grew\n\n- Tulips\n- Beans & peas");
  expect(text).toContain("```\nrow 1\nrow 2\n```");
  expect(text).toContain("Bed | Plant\n1 | Tulip");
  expect(text).not.toMatch(/steal|Shop|Imprint|https:/);
});

test("links are shown where they are wanted, and only to the web", async () => {
  const { text } = await read(page, true);
  expect(text).toContain("[Read on](https://example.com/more.html)");
  expect(text).not.toContain("javascript:");
});

test("a page without an article gives all its text", async () => {
  expect(await read("<p>Hello <b>you</b></p><script>x</script>")).toMatchObject({
    text: "Hello **you**".replaceAll("*", ""),
  });
  expect((await read("")).text).toBe("");
  expect((await read("<<<>>>&&& </div>")).text).toBeDefined();
});

test("a page made to be deep does not break it", async () => {
  const deep = `${"<div>".repeat(20_000)}core${"</div>".repeat(20_000)}`;
  const answer = await read(deep).then(
    ({ text }) => text,
    (error) => error.code,
  );
  expect(["core", "too_large", "internal", "memory_exhausted", "timeout"]).toContain(answer);
  expect((await read("<p>after</p>")).text).toBe("after");
});
