import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { extname, join, sep } from "node:path";
import { Readable } from "node:stream";
import { page } from "./page.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
  ".ttf": "font/ttf",
  ".webmanifest": "application/manifest+json",
  ".json": "application/json",
};
/** Names that carry their content's hash never change. */
const HASHED = /^\/assets\//;
const FILES_MAX = 5000;

interface File {
  readonly path: string;
  readonly bytes: number;
  readonly compressed?: { readonly path: string; readonly bytes: number };
}

/** The built panel: files that may be given to anyone, since they hold nothing of the owner's. */
export interface PanelFiles {
  /**
   * A file of this address; for any other that a browser opens as a page, the panel's document that names what this page loads,
   * or its `index.html`; or nothing.
   */
  answer(request: PanelRequest): Response | undefined;
}

export interface PanelRequest {
  readonly method: string;
  readonly path: string;
  readonly accept: string;
  readonly encodings: string;
}

/** @param folder  `panel/dist`; read once, so that no request can reach another file. Without it a page says how to build it. */
export function readPanelFiles(folder: string | undefined): PanelFiles {
  const files = folder === undefined ? new Map<string, File>() : listFiles(folder);
  const index = files.get("/index.html");
  return {
    answer({ method, path, accept, encodings }) {
      if (method !== "GET" && method !== "HEAD") return undefined;
      const file =
        path === "/index.html" ? undefined : files.get(path === "/diagram" ? "/diagram/index.html" : path);
      if (file) return send(file, path, method, encodings);
      if (!isPage(path) || !(path === "/" || /\btext\/html\b/.test(accept))) return undefined;
      const opened = files.get(`/pages/${path.split("/", 2)[1]}.html`) ?? index;
      if (opened) return send(opened, "/index.html", method, encodings);
      return path === "/"
        ? new Response(page, { headers: { "content-type": TYPES[".html"] as string } })
        : undefined;
    },
  };
}

/**
 * Addresses that programs use; everything else a browser may open is a page of the panel. A name with an ending is one of a file
 * at the root alone: below, it may be the name of a tool or of a conversation.
 */
const isPage = (path: string) =>
  !/^\/(api|healthz|readyz|metrics|assets|diagram|v1)(\/|$)/.test(path) && !/^\/[^/]*\.\w+$/.test(path);

function send(file: File, path: string, method: string, encodings: string): Response {
  const small = file.compressed && /\bbr\b/.test(encodings) ? file.compressed : undefined;
  const { path: from, bytes } = small ?? file;
  const headers: Record<string, string> = {
    "content-type": TYPES[extname(file.path)] ?? "application/octet-stream",
    "content-length": String(bytes),
    "cache-control": HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache",
    vary: "accept-encoding",
    // A frame with an origin of its own loads its scripts across origins; they hold nothing of the owner's.
    ...(HASHED.test(path) ? { "access-control-allow-origin": "*" } : {}),
    ...(small ? { "content-encoding": "br" } : {}),
  };
  const body = method === "HEAD" ? null : (Readable.toWeb(createReadStream(from)) as ReadableStream);
  return new Response(body, { headers });
}

function listFiles(folder: string): Map<string, File> {
  const files = new Map<string, File>();
  if (!existsSync(folder)) return files;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name));
  if (entries.length > FILES_MAX) throw new Error(`the built panel has more than ${FILES_MAX} files`);
  const all = new Set(entries);
  for (const path of entries) {
    if (path.endsWith(".br") || TYPES[extname(path)] === undefined) continue;
    const compressed = `${path}.br`;
    files.set(path.slice(folder.length).replaceAll(sep, "/"), {
      path,
      bytes: statSync(path).size,
      ...(all.has(compressed) ? { compressed: { path: compressed, bytes: statSync(compressed).size } } : {}),
    });
  }
  return files;
}
