import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { BLOB_MAX_BYTES, capability, FieldworkError } from "#contract";
import { answer } from "../answer.ts";
import { parseQuery } from "../query.ts";
import { type Route, route } from "../route.ts";
import { withUpload } from "../upload.ts";

const query = { name: { type: "string", summary: "The name to save it under" } } as const;
const uploaded = {
  type: { type: "string", summary: "Its type, where the body is sent as application/octet-stream" },
} as const;
/** What a browser may show by itself; it has no script and no markup in it. */
const SHOWN: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** Files that come with messages. */
export const blobRoutes: readonly Route[] = [
  route({
    method: "POST",
    path: "/api/blobs",
    summary:
      "Upload a file as the raw body, its type as the content type; then name it among the attachments of a message.",
    capability: "blob.add",
    query: uploaded,
    body: "file",
    async handle(exchange) {
      const { service, signal, incoming, caller, query: given } = exchange;
      // With a session a browser may send only what no form can; the file's own type then stands in the address.
      const named = parseQuery(given, uploaded).type;
      const type = (typeof named === "string" ? named : (incoming.headers["content-type"] ?? "")).slice(
        0,
        128,
      );
      return withUpload(exchange, "blob", BLOB_MAX_BYTES, async (path) =>
        answer(await service.kernel.call(caller, "blob.add", { path, type }, { signal })),
      );
    },
  }),
  route({
    method: "GET",
    path: "/api/blobs/{hash}",
    summary: "A file that came with a message; images are shown, everything else is saved.",
    query,
    type: "application/octet-stream",
    async handle({ service, params, query: given, signal, caller }) {
      const { name } = parseQuery(given, query);
      const reply = await service.kernel.call(caller, "blob.show", { blob: params.hash ?? "" }, { signal });
      if (!reply.ok) return answer(reply);
      const { size, type, path, blob } = capability("blob.show").output.parse(reply.result);
      const shown = SHOWN.has(type);
      return new Response(await streamOf(path), {
        headers: {
          "content-type": shown ? type : "application/octet-stream",
          "content-length": String(size),
          "content-disposition": disposition(shown, typeof name === "string" ? name : blob.slice(0, 12)),
          "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
          "x-content-type-options": "nosniff",
          "cache-control": "private, max-age=3600",
          etag: `"${blob}"`,
        },
      });
    },
  }),
];

/** Opened before the answer begins, so that a file that is gone is an error and not half an answer. */
async function streamOf(path: string): Promise<ReadableStream> {
  const file = createReadStream(path);
  await new Promise<void>((resolve, reject) => {
    file.once("open", () => resolve());
    file.once("error", (cause) =>
      reject(new FieldworkError("not_found", "the file is no longer kept", { cause })),
    );
  });
  return Readable.toWeb(file) as ReadableStream;
}

/** RFC 6266; every character that is not plain is percent-encoded. */
function disposition(shown: boolean, name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed().slice(0, 255)).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${shown ? "inline" : "attachment"}; filename*=UTF-8''${encoded}`;
}
