import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A web server on this machine. */
export interface Site {
  readonly url: string;
  /** What it answers, by path; `/hang` never answers, and everything else is `ok`. */
  readonly pages: Map<string, string>;
  /** Paths asked for so far, with their queries. */
  readonly asked: readonly string[];
  /** Requests that wait for an answer. */
  open(): number;
}

export async function startSite(): Promise<Site> {
  const pages = new Map<string, string>();
  const asked: string[] = [];
  const waiting = new Set<IncomingMessage>();
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    asked.push(path);
    waiting.add(request);
    response.once("close", () => waiting.delete(request));
    if (path === "/hang") return;
    const page = pages.get(path);
    response
      .writeHead(200, { "content-type": page === undefined ? "text/plain" : "text/html" })
      .end(page ?? "ok");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, pages, asked, open: () => waiting.size };
}
