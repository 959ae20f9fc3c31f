import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { vectorOf } from "./embedding.ts";
import { anthropicFrames, anthropicWhole, type Frames, openaiFrames, openaiWhole } from "./frames.ts";
import type { ModelAnswer, ModelRequest, ModelRequestBody, ModelScript } from "./script.ts";

export interface ModelServer {
  /** `http://127.0.0.1:PORT`; takes both dialects. */
  readonly url: string;
  readonly port: number;
  /** The requests for completions so far, in order; the newest of them where not all are kept. */
  readonly requests: readonly ModelRequest[];
  /** Completions being answered at the moment. */
  open(): number;
  /** Clients that left before their answer was whole. */
  left(): number;
  /** Answers from now on by this script. */
  script(script: ModelScript): void;
  close(): Promise<void>;
}

export interface ModelServerOptions {
  readonly port?: number;
  /** Listed by `/v1/models` and `/api/tags`. */
  readonly models?: readonly string[];
  /** How many requests are kept; all. */
  readonly keep?: number;
}

/** Starts the scripted model server: OpenAI chat completions and embeddings, and Anthropic messages, over real HTTP. */
export async function startModelServer(
  script: ModelScript = [],
  options: ModelServerOptions = {},
): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const { models = ["scripted"], keep = Number.POSITIVE_INFINITY } = options;
  let current = script;
  let served = 0;
  let asked = 0;
  let open = 0;
  let left = 0;

  const nextAnswer = (request: ModelRequest): ModelAnswer | Promise<ModelAnswer> => {
    if (typeof current === "function") return current(request);
    const answer = current[served++];
    return (
      answer ?? {
        failure: {
          kind: "status",
          status: 400,
          body: { error: { message: "the script has no more answers" } },
        },
      }
    );
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const path = new URL(incoming.url ?? "/", "http://127.0.0.1").pathname;
    const json = (body: unknown) => {
      outgoing.setHeader("content-type", "application/json");
      outgoing.end(JSON.stringify(body));
    };
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    if (path.endsWith("/api/tags")) return json({ models: models.map((name) => ({ name, model: name })) });
    if (path.endsWith("/models"))
      return json({
        object: "list",
        data: models.map((id) => ({ id, object: "model", owned_by: "scripted" })),
      });
    const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as ModelRequestBody;
    if (path.endsWith("/embeddings")) {
      const input = [body.input].flat() as string[];
      const data = input.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text) }));
      return json({
        object: "list",
        data,
        model: body.model,
        usage: { prompt_tokens: input.length, total_tokens: input.length },
      });
    }
    const dialect = path.endsWith("/messages") ? "anthropic" : "openai";
    const request: ModelRequest = { path, dialect, headers: incoming.headers, body, n: asked++ };
    requests.push(request);
    if (requests.length > keep) requests.shift();
    open++;
    outgoing.once("close", () => {
      open--;
      if (!outgoing.writableFinished) left++;
    });
    await answerWith(await nextAnswer(request), request, incoming, outgoing);
  };

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: Error) => {
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end(error.message);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    open: () => open,
    left: () => left,
    script(next) {
      current = next;
      served = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answerWith(
  answer: ModelAnswer,
  { body, dialect }: ModelRequest,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { failure } = answer;
  const model = body.model ?? "scripted";
  if (answer.first_ms !== undefined) await sleep(answer.first_ms);
  if (failure?.kind === "hang") return;
  if (failure?.kind === "reset") {
    incoming.socket.resetAndDestroy();
    return;
  }
  if (failure?.kind === "status") {
    const text = typeof failure.body === "string" ? failure.body : JSON.stringify(failure.body ?? {});
    const type = typeof failure.body === "string" ? "text/html" : "application/json";
    outgoing.writeHead(failure.status, { "content-type": type, ...failure.headers });
    outgoing.end(text);
    return;
  }
  if (failure?.kind === "garbage") {
    outgoing.writeHead(200, { "content-type": failure.type ?? "text/event-stream" });
    outgoing.end(failure.text ?? "data: {not json\n\ndata: <html>\n\n");
    return;
  }
  if (answer.whole !== undefined || body.stream !== true) {
    const whole =
      answer.whole ?? (dialect === "openai" ? openaiWhole(answer, model) : anthropicWhole(answer, model));
    outgoing.writeHead(200, { "content-type": "application/json" });
    outgoing.end(JSON.stringify(whole));
    return;
  }
  outgoing.writeHead(200, { "content-type": "text/event-stream" });
  const withUsage = (body.stream_options as { include_usage?: boolean } | undefined)?.include_usage === true;
  const frames =
    dialect === "openai" ? openaiFrames(answer, model, withUsage) : anthropicFrames(answer, model);
  await stream(answer, answer.raw === undefined ? frames : { ...frames, frames: [answer.raw] }, outgoing);
}

async function stream(answer: ModelAnswer, { frames, error, more }: Frames, outgoing: ServerResponse) {
  const { failure, between_ms, write_bytes } = answer;
  const half = Math.ceil(frames.length / 2);
  const said = failure === undefined ? frames : frames.slice(0, half);
  for (const part of writes(said, write_bytes)) {
    if (outgoing.destroyed) return;
    if (!outgoing.write(part)) await drained(outgoing);
    if (between_ms !== undefined) await sleep(between_ms);
    else if (write_bytes !== undefined) await new Promise((resolve) => setImmediate(resolve));
  }
  switch (failure?.kind) {
    case undefined:
    case "cut":
      outgoing.end();
      return;
    case "half":
      await sleep(20);
      outgoing.socket?.resetAndDestroy();
      return;
    case "error_in_stream":
      outgoing.end(error(failure.error));
      return;
    case "endless":
      while (!outgoing.destroyed) {
        if (!outgoing.write(more.repeat(64))) await drained(outgoing);
        await new Promise((resolve) => setImmediate(resolve));
      }
  }
}

const drained = (outgoing: ServerResponse) =>
  new Promise<void>((resolve) => {
    const go = () => {
      outgoing.off("drain", go).off("close", go);
      resolve();
    };
    outgoing.once("drain", go).once("close", go);
  });

function* writes(frames: readonly string[], bytes: number | undefined): Generator<string | Buffer> {
  if (bytes === undefined) {
    yield* frames;
    return;
  }
  const all = Buffer.from(frames.join(""));
  for (let at = 0; at < all.length; at += bytes) yield all.subarray(at, at + bytes);
}
