import { setTimeout as sleep } from "node:timers/promises";
import {
  type CallContext,
  FieldworkError,
  type JsonValue,
  type LlmReply,
  type LlmRequest,
  type LlmUsage,
  toErrorData,
} from "#contract";
import { type Answer, type AnswerDone, createAnswer } from "./answer/answer.ts";
import { createLive, deltaKind, type Live } from "./answer/live.ts";
import { withImages } from "./attached-images.ts";
import { requestTokens } from "./budget/estimate.ts";
import { costOf } from "./budget/price.ts";
import { reserve } from "./budget/reserve.ts";
import { type ToolNames, toolNames } from "./dialect/tool_names.ts";
import { asFailure, told, wasTold, worst } from "./failure/of_candidate.ts";
import { createPatience, type Patience } from "./failure/retry.ts";
import type { Gateway } from "./gateway.ts";
import { candidatesFor } from "./model/candidates.ts";
import type { Model } from "./model/model.ts";
import type { Completion } from "./running.ts";

const NOTHING: LlmUsage = {
  input_tokens: 0,
  output_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
  thinking_tokens: 0,
};

/** What stays the same for all candidates of one call. */
interface Call {
  readonly gateway: Gateway;
  readonly agent: string;
  readonly request: LlmRequest;
  readonly context: CallContext;
  readonly completion: Completion;
  readonly live: Live | undefined;
  readonly names: ToolNames;
  readonly patience: Patience;
  readonly input_tokens: number;
  readonly tried: { model: string; code: string; message: string }[];
  firstAt: number | undefined;
  spent_usd: number;
}

/**
 * Asks the candidates in order until one answers. What was not told to anybody yet may be asked for again, of the same
 * candidate or the next; once something was told, a failure is a failure.
 */
export async function complete(asked: LlmRequest, context: CallContext, gateway: Gateway): Promise<LlmReply> {
  const { host, running, table } = gateway;
  const agent = context.caller.id;
  const { trace, span } = context;
  const candidates = candidatesFor(asked.model, agent, table);
  const request = candidates.some(({ dialect }) => dialect !== "builtin")
    ? await withImages(asked, context)
    : asked;
  const to = request.stream_to;
  const session = context.session ?? to;
  const call: Call = {
    gateway,
    agent,
    request,
    context,
    completion: running.begin(agent, to, context.signal, host.setting("gateway.total_ms") as number),
    live:
      to === undefined ? undefined : createLive(host, { kind: deltaKind(agent), agent, session: to, trace }),
    names: toolNames(request.tools),
    patience: createPatience(gateway.random),
    input_tokens: requestTokens(request),
    tried: [],
    firstAt: undefined,
    spent_usd: 0,
  };
  const begun = performance.now();
  const journal = (kind: string, subject: string, data: Readonly<Record<string, JsonValue>>) =>
    host.append({
      kind,
      subject,
      data: { agent, ...(session === undefined ? {} : { session }), ...data },
      trace,
      span,
    });
  const since = (at: number) => Math.round((at - begun) * 10) / 10;
  try {
    journal("llm.requested", candidates[0]?.name ?? "", {
      candidates: candidates.map(({ name }) => name),
      messages: request.messages.length,
      tools: request.tools?.length ?? 0,
      input_tokens: call.input_tokens,
    });
    const reply = await askCandidates(candidates, call);
    const { finish, usage, cost_usd, model, provider, tried } = reply;
    journal("llm.replied", model, {
      ok: true,
      finish,
      ...usage,
      cost_usd,
      provider,
      ms: since(performance.now()),
      ...(call.firstAt === undefined ? {} : { first_ms: since(call.firstAt) }),
      ...(tried.length === 0 ? {} : { tried: tried.map((one) => ({ model: one.model, code: one.code })) }),
    });
    return reply;
  } catch (thrown) {
    const { code, message } = toErrorData(thrown);
    journal("llm.replied", candidates[0]?.name ?? "", {
      ok: false,
      code,
      message: message.slice(0, 300),
      ms: since(performance.now()),
    });
    throw thrown;
  } finally {
    call.completion.end();
    call.live?.end();
  }
}

async function askCandidates(candidates: readonly Model[], call: Call): Promise<LlmReply> {
  const failures: FieldworkError[] = [];
  for (const [at, model] of candidates.entries()) {
    try {
      const reply = await askCandidate(model, at === candidates.length - 1, call);
      call.gateway.failing.answered(model.name);
      return reply;
    } catch (thrown) {
      const error = asFailure(thrown, model, keyOf(model, call));
      if (!call.completion.signal.aborted) call.gateway.failing.failed(model.name, error);
      if (call.completion.signal.aborted || wasTold(error)) throw error;
      failures.push(error);
      call.tried.push({ model: model.name, code: error.code, message: error.message });
    }
  }
  throw worst(failures);
}

/** Asks one candidate as often as there is patience for it; the budget of each attempt is held back while it lasts. */
async function askCandidate(model: Model, last: boolean, call: Call): Promise<LlmReply> {
  const { gateway, request, completion } = call;
  const provider = gateway.providers[model.dialect];
  let usedBefore = NOTHING;
  for (let attempt = 0; ; attempt++) {
    const { reservation, max_tokens } = reserve(model, call);
    const answer = createAnswer({
      toolName: call.names.back,
      onDelta(delta) {
        call.firstAt ??= performance.now();
        call.live?.delta(delta);
      },
    });
    let used = NOTHING;
    let wait = 0;
    try {
      completion.signal.throwIfAborted();
      const { context, names, tried } = call;
      const question = { model, request, names, max_tokens, context, signal: completion.signal, tried };
      await provider.answer(question, answer);
      const done = answer.done();
      if (done.finish === undefined && !answer.begun())
        throw new FieldworkError("model_malformed", "The provider's answer holds nothing.", {
          details: { again: true },
        });
      used = usageOf(done, answer, call);
      return replyOf(model, done, done.finish ?? "stop", sum(usedBefore, used), call);
    } catch (thrown) {
      const broken = answer.begun();
      if (broken) used = usageOf(answer.done(), answer, call);
      if (completion.stopped()) return replyOf(model, answer.done(), "stopped", sum(usedBefore, used), call);
      if (completion.signal.aborted) throw completion.signal.reason;
      const error = asFailure(thrown, model, keyOf(model, call));
      if (broken && call.live) throw told(error, answer);
      const learned = error.code === "invalid_input" && provider.learn(model, error.message);
      const patience = learned ? 0 : call.patience.wait(error, attempt, last);
      if (patience === undefined) throw error;
      wait = patience;
    } finally {
      const cost = priceOf(used, model, call) ?? 0;
      call.spent_usd += cost;
      reservation?.settle(used, cost, used === NOTHING ? 0 : 1);
    }
    usedBefore = sum(usedBefore, used);
    if (wait > 0) await sleep(wait, undefined, { signal: completion.signal }).catch(() => {});
  }
}

function replyOf(
  model: Model,
  { message, extra }: AnswerDone,
  finish: LlmReply["finish"],
  usage: LlmUsage,
  call: Call,
): LlmReply {
  return {
    message,
    finish,
    usage,
    cost_usd: priceOf(usage, model, call),
    model: model.name,
    provider: call.gateway.providers[model.dialect].place(model),
    tried: call.tried,
    ...(extra ? { extra } : {}),
  };
}

const priceOf = (usage: LlmUsage, model: Model, { gateway }: Call): number | null =>
  costOf(usage, model, gateway.providers[model.dialect].cache_price);

const keyOf =
  (model: Model, { gateway }: Call) =>
  () =>
    gateway.providers[model.dialect].key(model);

/** What the provider counted; what it did not is estimated. */
function usageOf({ usage }: AnswerDone, answer: Answer, { input_tokens }: Call): LlmUsage {
  return {
    ...NOTHING,
    ...usage,
    input_tokens: usage.input_tokens ?? input_tokens,
    output_tokens: usage.output_tokens ?? Math.ceil(answer.chars() / 3),
  };
}

const sum = (a: LlmUsage, b: LlmUsage): LlmUsage => ({
  input_tokens: a.input_tokens + b.input_tokens,
  output_tokens: a.output_tokens + b.output_tokens,
  cache_read_tokens: a.cache_read_tokens + b.cache_read_tokens,
  cache_write_tokens: a.cache_write_tokens + b.cache_write_tokens,
  thinking_tokens: a.thinking_tokens + b.thinking_tokens,
});
