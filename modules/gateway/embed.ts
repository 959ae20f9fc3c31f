import { setTimeout as sleep } from "node:timers/promises";
import { ACTIONS, type CallContext, estimateTokens, FieldworkError, type JsonValue } from "#contract";
import { limitsOf } from "./budget/limits.ts";
import { underBase } from "./dialect/dialect.ts";
import { asCount, isObject } from "./dialect/parts.ts";
import { createPatience } from "./failure/retry.ts";
import type { Gateway } from "./gateway.ts";
import { embedderOf } from "./model/embedder.ts";
import type { Model } from "./model/model.ts";
import { refusal } from "./transport/ask.ts";

const BODY_MAX_BYTES = 64 * 1024 * 1024;
const WAIT_MS = 60_000;

export interface Embedded {
  readonly vectors: number[][];
  readonly model: string;
  readonly input_tokens: number;
}

/** Vectors of texts, in their order. @throws FieldworkError `unavailable` where no model embeds. */
export async function embed(
  { input, model: asked }: { readonly input: readonly string[]; readonly model?: string | undefined },
  context: CallContext,
  gateway: Gateway,
): Promise<Embedded> {
  const model = embedder(asked, gateway);
  const agent = context.caller.id;
  const input_tokens = input.reduce((sum, text) => sum + estimateTokens(text), 0);
  const price = (model.input_usd ?? 0) / 1e6;
  const reservation = gateway.ledger.reserve(
    agent,
    model.name,
    {
      input_tokens,
      output_tokens: 0,
      flexible: false,
      input_usd: input_tokens * price,
      usd_per_output_token: 0,
    },
    limitsOf(agent, gateway.host),
  );
  let used = 0;
  try {
    const patience = createPatience(gateway.random);
    for (let attempt = 0; ; attempt++) {
      try {
        const found = await ask(model, input, context.signal, gateway);
        used = found.input_tokens ?? input_tokens;
        return { vectors: found.vectors, model: model.name, input_tokens: used };
      } catch (thrown) {
        const wait = thrown instanceof FieldworkError ? patience.wait(thrown, attempt, true) : undefined;
        if (wait === undefined) throw thrown;
        await sleep(wait, undefined, { signal: context.signal });
      }
    }
  } finally {
    const usage = {
      input_tokens: used,
      output_tokens: 0,
      cache_read_tokens: 0,
      cache_write_tokens: 0,
      thinking_tokens: 0,
    };
    reservation.settle(usage, used * price, used > 0 ? 1 : 0);
  }
}

function embedder(asked: string | undefined, { table }: Gateway): Model {
  const model = asked === undefined ? embedderOf(table) : table.get(asked);
  if (!model && asked !== undefined)
    throw new FieldworkError("not_found", `There is no model ${asked}.`, {
      remedy: "Choose one there is, or add it.",
      action: ACTIONS.see_models(),
    });
  if (model?.dialect !== "openai")
    throw new FieldworkError("unavailable", "No model that embeds is configured.", {
      remedy: "Choose one that makes vectors, or add one (`--embed` and `--embeds` on the command line).",
      action: ACTIONS.connect_model(),
    });
  return model;
}

async function ask(model: Model, input: readonly string[], signal: AbortSignal, gateway: Gateway) {
  const url = new URL(underBase(model.base_url, "embeddings"));
  const key = gateway.providers[model.dialect].key(model);
  const sent = await gateway.transport.send({
    url,
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ model: model.model, input, encoding_format: "float" }),
    signal,
    first_ms: WAIT_MS,
    between_ms: WAIT_MS,
  });
  if (sent.status !== 200) throw await refusal(sent, url);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of sent.body()) {
    pieces.push(chunk);
    bytes += chunk.length;
    if (bytes <= BODY_MAX_BYTES) continue;
    sent.drop();
    throw new FieldworkError("too_large", `The vectors are larger than ${BODY_MAX_BYTES} bytes.`);
  }
  return read(Buffer.concat(pieces).toString("utf8"), input.length);
}

function read(text: string, count: number): { vectors: number[][]; input_tokens: number | undefined } {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw malformed("is not JSON");
  }
  const data = isObject(body) && Array.isArray(body.data) ? (body.data as JsonValue[]) : [];
  const vectors: number[][] = [];
  data.forEach((one, position) => {
    if (isObject(one) && Array.isArray(one.embedding))
      vectors[asCount(one.index) ?? position] = one.embedding as unknown as number[];
  });
  const [first] = vectors;
  const sound = vectors.length === count && Array.from(vectors).every((one) => one?.length === first?.length);
  if (!sound)
    throw malformed(`holds ${vectors.length} vectors for ${count} texts, or vectors of unequal length`);
  const usage = isObject(body) && isObject(body.usage) ? body.usage : {};
  return { vectors, input_tokens: asCount(usage.prompt_tokens) };
}

const malformed = (what: string) => new FieldworkError("model_malformed", `The provider's answer ${what}.`);
