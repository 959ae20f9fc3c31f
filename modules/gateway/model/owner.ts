import {
  ACTIONS,
  type CallContext,
  capability,
  FieldworkError,
  type JsonObject,
  type ModelInfo,
  type Provider,
  provide,
} from "#contract";
import { limitsOf } from "../budget/limits.ts";
import { complete } from "../complete.ts";
import { trimBase } from "../dialect/dialect.ts";
import type { Gateway } from "../gateway.ts";
import type { AgentLimits } from "../settings.ts";
import { readCandidates } from "./candidates.ts";
import { chooseEmbedder, embedderOf } from "./embedder.ts";
import { BUILTIN, type Model, secretName } from "./model.ts";

const TEST_TOKENS = 512;
const OK = { ok: true } as const;
const NO_MODEL = {
  ok: false,
  text: "No model is connected: builtin answers from memories alone.",
  ms: 0,
  code: "unavailable",
  remedy: "Connect one, then test that one by its name.",
  action: ACTIONS.connect_model(),
} as const;

/** What the owner does with models. */
export function ownerProviders(running: () => Gateway): Provider[] {
  const shown = (model: Model): ModelInfo => {
    const { table } = running();
    const first = table.chosen("")[0] ?? BUILTIN.name;
    return { ...model, default: model.name === first, embedder: model.name === embedderOf(table)?.name };
  };
  /** Tells those who keep vectors when another model makes them. */
  const telling = <T>(work: () => T, { trace, span }: CallContext): T => {
    const { table, host } = running();
    const before = embedderOf(table)?.name;
    const result = work();
    const now = embedderOf(table)?.name ?? "";
    if (now !== (before ?? "")) host.append({ kind: "model.embedder", subject: now, data: {}, trace, span });
    return result;
  };
  return [
    provide(capability("model.list"), () => ({
      models: running().table.all().map(shown),
      uses: running().table.choices(),
    })),
    provide(capability("model.add"), async ({ key, ...args }, context) => {
      const { table, durable } = running();
      if (args.name === BUILTIN.name)
        throw new FieldworkError("conflict", "The name builtin belongs to the provider that is built in.");
      const url = readBase(args.base_url);
      const before = table.get(args.name);
      const sameHost = before !== undefined && URL.parse(before.base_url)?.hostname === url.hostname;
      const keeps = key === undefined && sameHost && before.has_key;
      if (key !== undefined)
        await context.call("secret.set", {
          name: secretName(args.name),
          value: key.trim(),
          hosts: [url.hostname],
        });
      else if (before?.has_key && !keeps)
        await context.call("secret.delete", { name: secretName(args.name) });
      const model: Model = {
        name: args.name,
        dialect: args.dialect,
        base_url: trimBase(url.href),
        model: args.model,
        has_key: key !== undefined || keeps,
        detected: false,
        context_tokens: args.context_tokens ?? null,
        input_usd: args.input_usd ?? null,
        output_usd: args.output_usd ?? null,
        cache_read_usd: args.cache_read_usd ?? null,
        cache_write_usd: args.cache_write_usd ?? null,
        embeds: args.embeds,
      };
      telling(
        () =>
          table.transaction(() => {
            table.put(model);
            // The first model is the one to use; from then on the owner says.
            if (!model.embeds && table.chosen("").length === 0) table.choose("", [model.name]);
          }),
        context,
      );
      note(context, "model.added", model.name, { dialect: model.dialect, model: model.model });
      await durable();
      return shown(model);
    }),
    provide(capability("model.remove"), async ({ name }, context) => {
      const { table, durable } = running();
      const model = table.get(name);
      if (!model || model === BUILTIN)
        throw new FieldworkError("not_found", `There is no model ${name} that could be removed.`);
      if (model.has_key) await context.call("secret.delete", { name: secretName(name) });
      telling(() => table.forget(name), context);
      note(context, "model.removed", name);
      await durable();
      return OK;
    }),
    provide(capability("model.use"), async ({ model, agent = "", embed }, context) => {
      const { table, durable } = running();
      if (embed) {
        if (agent !== "")
          throw new FieldworkError("invalid_input", "Vectors are made by one model for all agents.", {
            remedy: "Leave the agent out.",
          });
        telling(() => chooseEmbedder(model.trim(), table), context);
        await durable();
        return OK;
      }
      const takenBack = agent !== "" && (model.trim() === "" || model.trim() === "default");
      table.choose(agent, takenBack ? [] : readCandidates(model, table).map(({ name }) => name));
      note(context, "model.chosen", takenBack ? "" : model, agent === "" ? {} : { agent });
      await durable();
      return OK;
    }),
    provide(capability("model.detect"), async (_, context) => {
      const models = (await running().detect()).map(shown);
      note(context, "model.detected", "", { models: models.length });
      return { models };
    }),
    provide(capability("model.test"), async ({ name }, context) => {
      const gateway = running();
      readCandidates(name, gateway.table);
      if (name.trim() === BUILTIN.name) return NO_MODEL;
      const begun = performance.now();
      const ms = () => Math.round(performance.now() - begun);
      try {
        const messages = [{ role: "user" as const, content: "Reply with the one word: ready" }];
        const { message } = await complete(
          { messages, model: name, max_tokens: TEST_TOKENS },
          context,
          gateway,
        );
        const text = typeof message.content === "string" ? message.content : textOf(message.content);
        return { ok: true, text: text.slice(0, 2000), ms: ms(), code: null, remedy: null };
      } catch (error) {
        if (!(error instanceof FieldworkError)) throw error;
        return {
          ok: false,
          text: error.message,
          ms: ms(),
          code: error.code,
          remedy: error.remedy,
          ...(error.action ? { action: error.action } : {}),
        };
      }
    }),
    provide(capability("model.usage"), ({ days }) => {
      const { ledger, host } = running();
      const own = Object.keys(host.setting("budget.agents") as AgentLimits);
      const agents = [...new Set([...ledger.agents(), ...own])].sort();
      return {
        usage: ledger.usage(days),
        days: ledger.days(days),
        budgets: agents.map((agent) => {
          const { usd, tokens, reserved_usd } = ledger.spent(agent);
          return { agent, ...limitsOf(agent, host), spent_usd: usd, reserved_usd, spent_tokens: tokens };
        }),
      };
    }),
    provide(capability("model.key"), async ({ name, revoke }, context) => {
      const { keys, durable } = running();
      const key = revoke ? null : keys.make(name);
      if (revoke && !keys.revoke(name)) throw new FieldworkError("not_found", `There is no key of ${name}.`);
      note(context, revoke ? "model.key_revoked" : "model.key_made", name);
      await durable();
      return { key };
    }),
    provide(capability("model.budget"), async ({ agent, set }, context) => {
      const { host } = running();
      const own = { ...(host.setting("budget.agents") as AgentLimits) };
      if (set !== undefined) {
        if (set === null) delete own[agent];
        else own[agent] = set;
        await context.call("setting.set", { key: "budget.agents", value: own as JsonObject });
      }
      const { day_usd = null, day_tokens = null } = own[agent] ?? {};
      return { own: own[agent] ? { day_usd, day_tokens } : null, in_force: limitsOf(agent, host) };
    }),
    provide(capability("llm.client"), ({ key_sha256 }) => ({
      client: running().keys.client(key_sha256) ?? null,
    })),
  ];
}

function note(
  { host, trace, span }: CallContext,
  kind: string,
  subject: string,
  data: Readonly<Record<string, string | number>> = {},
): void {
  host.append({ kind, subject, data, trace, span });
}

function readBase(text: string): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new FieldworkError("invalid_input", `${text.slice(0, 200)} is no base URL of a provider.`, {
      remedy:
        "Write it like https://api.example.com/v1, without user, query or fragment; the key goes in by itself.",
    });
  return url;
}

const textOf = (content: readonly { readonly type: string; readonly text?: string }[]): string =>
  content.map((part) => (part.type === "text" ? (part.text ?? "") : "")).join("");
