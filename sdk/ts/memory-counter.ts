import { FieldworkError } from "./error.ts";
import type { Json, JsonObject } from "./json.ts";

interface Entry {
  readonly id: string;
  readonly body: Json;
  readonly updated_at: string;
}

const done = { ok: true };
const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");
/** A path as the workspace knows it: without `/workspace/` and without `./`. */
const relative = (path: Json | undefined): string =>
  text(path)
    .replace(/^\/workspace(\/|$)/, "")
    .replace(/^(\.\/)+/, "");

/** The capabilities that the test counter answers by itself, over plain maps. */
export function createMemoryProviders() {
  const kv = new Map<string, Json>();
  const collections = new Map<string, Map<string, Entry>>();
  const files = new Map<string, string>();
  const memories = new Map<string, string>();
  const lines: string[] = [];

  const collection = (name: Json | undefined): Map<string, Entry> => {
    const known = collections.get(text(name));
    if (known) return known;
    const created = new Map<string, Entry>();
    collections.set(text(name), created);
    return created;
  };
  const file = (path: Json | undefined): string => {
    const content = files.get(relative(path));
    if (content === undefined) throw new FieldworkError("not_found", `there is no file ${text(path)}`);
    return content;
  };
  const size = (content: string): number => new TextEncoder().encode(content).length;

  const providers: Readonly<Record<string, (args: JsonObject) => unknown>> = {
    "store.kv.get": ({ k }) => ({ value: kv.get(text(k)) ?? null, found: kv.has(text(k)) }),
    "store.kv.set": ({ k, v }) => {
      kv.set(text(k), v ?? null);
      return done;
    },
    "store.kv.delete": ({ k }) => {
      kv.delete(text(k));
      return done;
    },
    "store.kv.list": ({ prefix }) => ({
      keys: [...kv.keys()].filter((key) => key.startsWith(text(prefix))).sort(),
    }),
    "store.doc.put": ({ collection: name, id, body }) => {
      const entries = collection(name);
      entries.delete(text(id));
      entries.set(text(id), { id: text(id), body: body ?? null, updated_at: new Date().toISOString() });
      return done;
    },
    "store.doc.get": ({ collection: name, id }) => {
      const entry = collection(name).get(text(id));
      return entry ? { found: true, body: entry.body } : { found: false };
    },
    "store.doc.query": ({ collection: name, limit }) => {
      const records = [...collection(name).values()].reverse().slice(0, Number(limit ?? 100));
      return { records, count: records.length };
    },
    "store.doc.delete": ({ collection: name, id }) => {
      collection(name).delete(text(id));
      return done;
    },
    "store.brain.add": ({ content }) => {
      const known = memories.get(text(content));
      const id = known ?? String(memories.size + 1);
      memories.set(text(content), id);
      return { id, added: known === undefined };
    },
    "store.brain.search": ({ query, k }) => {
      const words = text(query).toLowerCase().split(/\W+/).filter(Boolean);
      const hits = [...memories]
        .map(([content, id]) => {
          const found = words.filter((word) => content.toLowerCase().includes(word)).length;
          const score = found / Math.max(1, words.length);
          return {
            id,
            content,
            wing: null,
            room: null,
            kind: "fact",
            score,
            why: ["words in common"],
            tainted: false,
          };
        })
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, Number(k ?? 5));
      return { hits, count: hits.length };
    },
    "fs.read": ({ path }) => {
      const content = file(path);
      return { content, encoding: "utf8", size: size(content), truncated: false };
    },
    "fs.write": ({ path, content, mode }) => {
      const before = mode === "append" ? (files.get(relative(path)) ?? "") : "";
      files.set(relative(path), before + text(content));
      return { bytes: size(text(content)) };
    },
    "fs.stat": ({ path }) => {
      const content = files.get(relative(path));
      return content === undefined ? { found: false } : { found: true, kind: "file", size: size(content) };
    },
    "fs.delete": ({ path }) => {
      file(path);
      files.delete(relative(path));
      return done;
    },
    "fs.move": ({ from, to }) => {
      files.set(relative(to), file(from));
      files.delete(relative(from));
      return done;
    },
    "fs.list": ({ path }) => {
      const prefix = relative(path) === "" ? "" : `${relative(path)}/`;
      const entries = [...files]
        .filter(([name]) => name.startsWith(prefix) && !name.slice(prefix.length).includes("/"))
        .map(([name, content]) => ({
          name: name.slice(prefix.length),
          kind: "file",
          size: size(content),
          modified_at: new Date(0).toISOString(),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      return { entries, truncated: false };
    },
    "time.now": () => ({ ms: Date.now(), iso: new Date().toISOString() }),
    "random.bytes": ({ length }) => {
      const bytes = crypto.getRandomValues(new Uint8Array(Number(length)));
      return { base64: btoa(String.fromCharCode(...bytes)) };
    },
    log: ({ text: line }) => {
      lines.push(text(line));
      return done;
    },
  };
  return { kv, files, lines, providers };
}
