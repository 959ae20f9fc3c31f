import { FieldworkError } from "#contract";

/** Reads a URL to fetch: http or https, without credentials, the fragment dropped. */
export function readUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base);
  if (!url) throw new FieldworkError("invalid_input", `${text.slice(0, 200)} is not a URL.`);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new FieldworkError("invalid_input", `Only http and https are fetched, not ${url.protocol}`);
  if (url.username !== "" || url.password !== "")
    throw new FieldworkError("invalid_input", "The URL holds a user name or password.", {
      remedy: "Send an Authorization header with a secret handle instead.",
    });
  url.hash = "";
  return url;
}
