import type { CallContext, Host, LlmReply, LlmRequest } from "#contract";
import type { Answer } from "./answer/answer.ts";
import { withoutImages } from "./attached-images.ts";
import { answerBuiltin } from "./builtin/answer.ts";
import { anthropic } from "./dialect/anthropic/anthropic.ts";
import type { Dialect, Quirk } from "./dialect/dialect.ts";
import { openai } from "./dialect/openai/openai.ts";
import type { ToolNames } from "./dialect/tool_names.ts";
import { type Model, secretName } from "./model/model.ts";
import { ask } from "./transport/ask.ts";
import type { Transport } from "./transport/send.ts";

/** One question to a model. */
export interface Question {
  readonly model: Model;
  readonly request: LlmRequest;
  readonly names: ToolNames;
  readonly max_tokens: number | undefined;
  readonly context: CallContext;
  readonly signal: AbortSignal;
  /** Candidates that failed before. */
  readonly tried: LlmReply["tried"];
}

/** What answers for the models of a dialect. */
export interface Provider {
  /** Puts the answer together. @throws FieldworkError */
  answer(question: Question, answer: Answer): Promise<void>;
  /** After a refusal: is there another way to say the same? It is kept for the model. */
  learn(model: Model, refusal: string): boolean;
  /** The model's own limit on an answer must be sent. */
  readonly needs_max_tokens: boolean;
  readonly cache_price: Dialect["cache_price"];
  /** Where the model is. */
  place(model: Model): string;
  /** The key that must not be repeated to anyone. */
  key(model: Model): string | undefined;
}

export type Providers = Readonly<Record<Model["dialect"], Provider>>;

export function createProviders(
  host: Host,
  transport: Transport,
  detected: () => readonly Model[],
): Providers {
  return {
    openai: remote(openai, host, transport),
    anthropic: remote(anthropic, host, transport),
    builtin: {
      answer: ({ request, context, tried }, answer) =>
        answerBuiltin({ request, context, tried, detected: detected() }, answer),
      learn: () => false,
      needs_max_tokens: false,
      cache_price: { read: 0, write: 0 },
      place: () => "builtin",
      key: () => undefined,
    },
  };
}

function remote(dialect: Dialect, host: Host, transport: Transport): Provider {
  const learned = new Map<string, Set<Quirk>>();
  const quirksOf = ({ base_url, model }: Model): Set<Quirk> => {
    const id = `${base_url} ${model}`;
    const known = learned.get(id) ?? new Set<Quirk>();
    learned.set(id, known);
    return known;
  };
  const place = ({ base_url }: Model): string => new URL(base_url).hostname;
  const key = (model: Model): string | undefined =>
    model.has_key ? host.fill(`{{secret:${secretName(model.name)}}}`, place(model)) : undefined;
  return {
    async answer({ model, request, names, max_tokens, signal }, answer) {
      const quirks = quirksOf(model);
      const said = quirks.has("images") ? withoutImages(request) : request;
      const body = dialect.encode(said, { model: model.model, names, max_tokens, quirks });
      await ask(
        {
          transport,
          dialect,
          base_url: model.base_url,
          key: key(model),
          body: JSON.stringify(body),
          signal,
          first_ms: host.setting("gateway.first_ms") as number,
          between_ms: host.setting("gateway.between_ms") as number,
        },
        answer,
      );
    },
    learn(model, refusal) {
      const known = quirksOf(model);
      const quirk = dialect.learn(refusal, known);
      if (quirk) known.add(quirk);
      return quirk !== undefined;
    },
    needs_max_tokens: dialect.needs_max_tokens,
    cache_price: dialect.cache_price,
    place: (model) => new URL(model.base_url).host,
    key,
  };
}
