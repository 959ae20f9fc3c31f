import { defineGlobals } from "./intrinsics.ts";
import { native } from "./native.ts";
import { QueryParameters } from "./url-search-params.ts";

type Parts = Record<string, string>;

/** `URL` of the WHATWG standard; the host parses. */
class Url {
  #parts: Parts;
  readonly searchParams: QueryParameters;

  constructor(url: unknown, base?: unknown) {
    const parts = parse(String(url), base === undefined ? null : String(base));
    if (!parts) throw new TypeError(`Invalid URL: ${String(url)}`);
    this.#parts = parts;
    this.searchParams = new QueryParameters(parts.search);
    this.searchParams.onChange = (query) => this.#set("search", query);
  }

  static canParse(url: unknown, base?: unknown): boolean {
    return parse(String(url), base === undefined ? null : String(base)) !== undefined;
  }

  static parse(url: unknown, base?: unknown): Url | null {
    return Url.canParse(url, base) ? new Url(url, base) : null;
  }

  #set(part: string, value: unknown): void {
    const reply = native.url(JSON.stringify([this.#parts.href, null, part, String(value)]));
    if (reply !== undefined) this.#parts = JSON.parse(reply) as Parts;
    else if (part === "href") throw new TypeError(`Invalid URL: ${String(value)}`);
  }

  static {
    const settable = ["protocol", "username", "password", "host", "hostname", "port", "pathname", "hash"];
    const define = (part: string, set?: (this: Url, value: unknown) => void) =>
      Object.defineProperty(Url.prototype, part, {
        get(this: Url) {
          return this.#parts[part];
        },
        ...(set && { set }),
        enumerable: true,
        configurable: true,
      });
    define("origin");
    for (const part of settable) {
      define(part, function (value) {
        this.#set(part, value);
      });
    }
    for (const part of ["href", "search"]) {
      define(part, function (value) {
        this.#set(part, value);
        this.searchParams.replace(this.#parts.search ?? "");
      });
    }
  }

  toString(): string {
    return this.#parts.href ?? "";
  }

  toJSON(): string {
    return this.toString();
  }
}

function parse(url: string, base: string | null): Parts | undefined {
  const reply = native.url(JSON.stringify([url, base]));
  return reply === undefined ? undefined : (JSON.parse(reply) as Parts);
}

Object.defineProperty(Url, "name", { value: "URL" });
Object.defineProperty(QueryParameters, "name", { value: "URLSearchParams" });

defineGlobals({ URL: Url, URLSearchParams: QueryParameters });
