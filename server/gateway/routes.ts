import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import {
  type Caller,
  describeIssue,
  FieldworkError,
  fromErrorData,
  type LlmReply,
  type ModelInfo,
  toErrorData,
} from "#contract";
import { LOCAL_OWNER } from "../auth/index.ts";
import { readJson } from "../json_body.ts";
import type { Limits } from "../limits.ts";
import { chatCompletion, type ReplyHead } from "./chat/reply.ts";
import { readChat } from "./chat/request.ts";
import { createChatStream } from "./chat/stream.ts";
import type { Deltas } from "./deltas.ts";
import { apiError, invalidRequest } from "./error.ts";
import type { GatewayKernel } from "./port.ts";
import { type ChatRequest, chatRequest, embeddingRequest } from "./schema.ts";

export interface GatewayService {
  readonly kernel: GatewayKernel;
  readonly deltas: Deltas;
  readonly limits: Limits;
}

/** One request of a known program. */
export interface GatewayExchange {
  readonly service: GatewayService;
  readonly client: Caller;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** Aborted when the client goes away. */
  readonly gone: AbortController;
  /** What of the path lies behind the route's own. */
  readonly rest: string;
}

/** `POST /v1/chat/completions` (https://platform.openai.com/docs/api-reference/chat/create). */
export async function chatCompletions(exchange: GatewayExchange): Promise<void> {
  const { service, client, incoming, outgoing, gone } = exchange;
  const body: ChatRequest = parse(chatRequest, await readJson(incoming, service.limits));
  const request = readChat(body);
  const head: ReplyHead = {
    id: `chatcmpl-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: body.model,
  };
  const ask = async (stream_to?: string): Promise<LlmReply> => {
    const args = stream_to === undefined ? request : { ...request, stream_to };
    const reply = await service.kernel.call(client, "llm.complete", args, { signal: gone.signal });
    if (!reply.ok) throw fromErrorData(reply.error);
    return reply.result as LlmReply;
  };
  if (!body.stream) {
    const reply = await ask();
    sendJson(outgoing, 200, chatCompletion(reply, { ...head, model: reply.model }));
    return;
  }
  const slow = () => gone.abort(new FieldworkError("cancelled", "The client does not read its answer."));
  const stream = createChatStream(outgoing, head, body.stream_options?.include_usage === true, slow);
  const stop = service.deltas.listen(head.id, stream.delta);
  try {
    stream.end(await ask(head.id));
  } catch (thrown) {
    if (!stream.begun()) throw thrown;
    stream.fail(apiError(toErrorData(thrown)).body);
  } finally {
    stop();
  }
}

/** `POST /v1/embeddings`. */
export async function embeddings({
  service,
  client,
  incoming,
  outgoing,
  gone,
}: GatewayExchange): Promise<void> {
  const body = parse(embeddingRequest, await readJson(incoming, service.limits));
  if (body.dimensions !== undefined && body.dimensions !== null)
    throw invalidRequest("Vectors are given as long as the model makes them.", "dimensions");
  const args = { input: [body.input].flat(), ...(body.model === "default" ? {} : { model: body.model }) };
  const reply = await service.kernel.call(client, "llm.embed", args, { signal: gone.signal });
  if (!reply.ok) throw fromErrorData(reply.error);
  const { vectors, model, input_tokens } = reply.result as {
    vectors: readonly number[][];
    model: string;
    input_tokens: number;
  };
  const encode = (vector: readonly number[]) =>
    body.encoding_format === "base64"
      ? Buffer.from(Float32Array.from(vector).buffer).toString("base64")
      : vector;
  sendJson(outgoing, 200, {
    object: "list",
    data: vectors.map((vector, index) => ({ object: "embedding", index, embedding: encode(vector) })),
    model,
    usage: { prompt_tokens: input_tokens, total_tokens: input_tokens },
  });
}

/** `GET /v1/models`, and `GET /v1/models/{id}`, whose id may hold slashes. */
export async function models({ service, outgoing, rest }: GatewayExchange): Promise<void> {
  const reply = await service.kernel.call(LOCAL_OWNER, "model.list", {});
  if (!reply.ok) throw fromErrorData(reply.error);
  const all = (reply.result as { models: readonly ModelInfo[] }).models.map(({ name, dialect }) => ({
    id: name,
    object: "model",
    created: 0,
    owned_by: dialect,
  }));
  if (rest === "") {
    sendJson(outgoing, 200, { object: "list", data: all });
    return;
  }
  const one = all.find(({ id }) => id === rest);
  if (!one)
    throw new FieldworkError("not_found", `There is no model ${rest.slice(0, 128)}.`, {
      remedy: "GET /v1/models lists what there is.",
      details: { param: "model" },
    });
  sendJson(outgoing, 200, one);
}

export function sendJson(
  outgoing: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  outgoing.writeHead(status, {
    ...headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  outgoing.end(text);
}

function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  if (body === undefined) throw invalidRequest("The request has no body.", "body");
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw invalidRequest(
    parsed.error.issues.slice(0, 10).map(describeIssue).join("; ").slice(0, 1000),
    first ? pathText(first.path) : "body",
  );
}

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : `${at > 0 ? "." : ""}${String(step)}`))
    .join("") || "body";
