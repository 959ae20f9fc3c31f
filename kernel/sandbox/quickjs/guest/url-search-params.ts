import { native } from "./native.ts";

type Pair = [name: string, value: string];

/** `URLSearchParams` of the WHATWG standard. */
export class QueryParameters {
  #pairs: Pair[] = [];
  /** Called with the new query when it belongs to a URL. */
  onChange: ((query: string) => void) | undefined;

  constructor(init: unknown = "") {
    Object.defineProperty(this, "onChange", { enumerable: false });
    if (typeof init !== "object" || init === null) this.replace(String(init));
    else if (Symbol.iterator in init) {
      for (const [name, value] of init as Iterable<readonly [unknown, unknown]>) {
        this.#pairs.push([String(name), String(value)]);
      }
    } else {
      for (const [name, value] of Object.entries(init)) this.#pairs.push([name, String(value)]);
    }
  }

  /** Takes the pairs of a query without telling the URL. */
  replace(query: string): void {
    const text = query.startsWith("?") ? query.slice(1) : query;
    this.#pairs = text
      .split("&")
      .filter((part) => part !== "")
      .map((part) => {
        const at = part.indexOf("=");
        return at < 0 ? [decode(part), ""] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
      });
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: unknown, value: unknown): void {
    this.#pairs.push([String(name), String(value)]);
    this.#changed();
  }

  delete(name: unknown, value?: unknown): void {
    this.#pairs = this.#pairs.filter(
      (pair) => pair[0] !== String(name) || (value !== undefined && pair[1] !== String(value)),
    );
    this.#changed();
  }

  get(name: unknown): string | null {
    return this.#pairs.find((pair) => pair[0] === String(name))?.[1] ?? null;
  }

  getAll(name: unknown): string[] {
    return this.#pairs.filter((pair) => pair[0] === String(name)).map((pair) => pair[1]);
  }

  has(name: unknown, value?: unknown): boolean {
    return this.#pairs.some(
      (pair) => pair[0] === String(name) && (value === undefined || pair[1] === String(value)),
    );
  }

  set(name: unknown, value: unknown): void {
    const at = this.#pairs.findIndex((pair) => pair[0] === String(name));
    if (at < 0) {
      this.append(name, value);
      return;
    }
    this.#pairs = this.#pairs.filter((pair, index) => index <= at || pair[0] !== String(name));
    this.#pairs[at] = [String(name), String(value)];
    this.#changed();
  }

  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed();
  }

  forEach(callback: (value: string, name: string, all: QueryParameters) => void): void {
    for (const [name, value] of this.#pairs) callback(value, name, this);
  }

  keys(): IterableIterator<string> {
    return this.#pairs.map(([name]) => name).values();
  }

  values(): IterableIterator<string> {
    return this.#pairs.map(([, value]) => value).values();
  }

  entries(): IterableIterator<Pair> {
    return this.#pairs.map(([name, value]): Pair => [name, value]).values();
  }

  [Symbol.iterator](): IterableIterator<Pair> {
    return this.entries();
  }

  toString(): string {
    return this.#pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  }

  #changed(): void {
    this.onChange?.(this.toString());
  }
}

/** application/x-www-form-urlencoded: all but letters, digits and `*-._` is escaped, a space is `+`. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function decode(text: string): string {
  const spaced = text.replaceAll("+", " ");
  if (!spaced.includes("%")) return spaced;
  const source = native.encode(spaced.toWellFormed());
  const bytes: number[] = [];
  for (let at = 0; at < source.length; at++) {
    const digits = String.fromCharCode(source[at + 1] ?? 0, source[at + 2] ?? 0);
    if (source[at] === 0x25 && /^[0-9a-f]{2}$/i.test(digits)) {
      bytes.push(Number.parseInt(digits, 16));
      at += 2;
    } else {
      bytes.push(source[at]!);
    }
  }
  return native.decode(Uint8Array.from(bytes), 2) ?? "";
}
