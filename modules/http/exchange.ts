import type { ClientRequest, IncomingMessage } from "node:http";
import type { Admission } from "./admission.ts";
import type { Connections } from "./connection.ts";
import type { Headers } from "./headers.ts";

/** What is known of a request while it runs. */
export interface Sending {
  sent: boolean;
  /** Does it go over a connection that was open already? */
  reused: boolean;
}

export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  readonly admission: Admission;
  readonly signal: AbortSignal;
}

const ANSWER_HEADERS_MAX_BYTES = 65_536;

/** Sends one request and gives its answer as soon as the headers are there. `sending.sent` turns true when bytes leave. */
export function exchange(
  connections: Connections,
  outgoing: Outgoing,
  sending: Sending,
): Promise<IncomingMessage> {
  const { url, method, headers, body, admission, signal } = outgoing;
  return new Promise((resolve, reject) => {
    const request = connections.request(url, admission, {
      method,
      headers: {
        ...Object.fromEntries(headers),
        ...(body !== undefined || method === "POST" || method === "PUT" || method === "PATCH"
          ? { "content-length": String(body?.length ?? 0) }
          : {}),
      },
      signal,
      maxHeaderSize: ANSWER_HEADERS_MAX_BYTES,
    });
    watchSending(request, url, sending);
    request.once("response", resolve);
    request.once("upgrade", (_answer, socket) => {
      socket.destroy();
      reject(new Error("the server switched to another protocol"));
    });
    request.on("error", reject);
    request.end(body);
  });
}

function watchSending(request: ClientRequest, url: URL, sending: Sending): void {
  request.once("socket", (socket) => {
    const ready = url.protocol === "https:" ? "secureConnect" : "connect";
    const mark = () => {
      sending.sent = true;
    };
    if (socket.connecting) socket.once(ready, mark);
    else {
      sending.reused = request.reusedSocket;
      mark();
    }
  });
}
