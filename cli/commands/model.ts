import type { Action, ModelInfo } from "#contract";
import { type Command, decimal, defineCommand, type Place, WrongUse, wholeNumber } from "../command/index.ts";
import { counted, dim, fields, type Span, styled, type Text, table, withCommand } from "../terminal/index.ts";
import { agentNames, type NameOf } from "./agent_names.ts";
import { given } from "./arguments.ts";
import { catalogue, keys, providers } from "./model_catalogue.ts";
import { readSecret } from "./passwords.ts";

interface Models {
  readonly models: readonly ModelInfo[];
}

const list = defineCommand({
  name: "model list",
  summary: "The models there are, and which one is used",
  words: [],
  options: {},
  examples: ["fw model list"],
  async run({ place }) {
    const data = await place.call<Models>("model.list", {});
    return { data, text: modelTable(data.models, place.terminal.width) };
  },
});

function modelTable(models: readonly ModelInfo[], width: number): Text {
  const price = (usd: number | null): string => (usd === null ? "-" : String(usd));
  const rows = models.map((one): Span[] => [
    one.default ? styled("green", "✓") : one.embedder ? styled("green", "vectors") : "",
    one.name,
    one.dialect,
    one.model,
    one.base_url,
    one.detected ? "found here" : one.has_key ? "key" : "no key",
    one.context_tokens === null ? "-" : String(one.context_tokens),
    `${price(one.input_usd)} / ${price(one.output_usd)}`,
  ]);
  return table(["", "NAME", "DIALECT", "MODEL", "ADDRESS", "ACCESS", "CONTEXT", "$ PER MTOK"], rows, width);
}

const add = defineCommand({
  name: "model add",
  summary: "Add a model of a provider, or change one",
  words: ["NAME"],
  options: {
    dialect: { type: "string", value: "WHICH", summary: "openai (and all compatible servers) or anthropic" },
    "base-url": {
      type: "string",
      value: "URL",
      summary: "The provider's address, such as https://api.example.com/v1",
    },
    model: { type: "string", value: "ID", summary: "What the provider calls it" },
    "key-stdin": { type: "boolean", summary: "Read the key from standard input" },
    "price-in": { type: "string", value: "USD", summary: "Dollars per million tokens read" },
    "price-out": { type: "string", value: "USD", summary: "Dollars per million tokens written" },
    "price-cache-read": {
      type: "string",
      value: "USD",
      summary: "Dollars per million tokens read from a cache",
    },
    "price-cache-write": {
      type: "string",
      value: "USD",
      summary: "Dollars per million tokens written to a cache",
    },
    context: { type: "string", value: "TOKENS", summary: "How much it can take in at once" },
    embeds: { type: "boolean", summary: "It gives vectors instead of answers" },
  },
  details: [
    "The key is kept encrypted and only ever sent to the provider's own host. It is never an argument, where others could",
    "see it. Without prices no cost is counted.",
  ],
  examples: [
    "printf '%s' \"$KEY\" | fw model add claude --dialect anthropic --base-url https://api.anthropic.com --model claude-sonnet-4-5 --key-stdin --price-in 3 --price-out 15",
    "fw model add local --dialect openai --base-url http://127.0.0.1:11434/v1 --model qwen3:4b",
  ],
  async run({ words, options, place }) {
    const { dialect, model } = options;
    const missing = (["dialect", "base-url", "model"] as const).filter((name) => options[name] === undefined);
    if (missing.length > 0)
      throw new WrongUse(
        `A model needs ${missing.map((name) => `--${name}`).join(" and ")}.`,
        "See `fw help model add`.",
      );
    if (dialect !== "openai" && dialect !== "anthropic")
      throw new WrongUse(`"${dialect}" is no dialect.`, "It is openai or anthropic.");
    const args = given({
      name: words.NAME,
      dialect,
      base_url: options["base-url"],
      model,
      input_usd: decimal("price-in", options["price-in"]),
      output_usd: decimal("price-out", options["price-out"]),
      cache_read_usd: decimal("price-cache-read", options["price-cache-read"]),
      cache_write_usd: decimal("price-cache-write", options["price-cache-write"]),
      context_tokens: wholeNumber("context", options.context),
      embeds: options.embeds,
    });
    const key = options["key-stdin"] ? await readSecret(place, "", true, "--key-stdin") : undefined;
    const data = await place.call<ModelInfo>("model.add", { ...args, ...given({ key }) });
    const next = data.default ? "It is the one that is used." : `Use it: fw model use ${data.name}`;
    return { data, text: [`${data.name} is added. Try it: fw model test ${data.name}`, next] };
  },
});

const remove = defineCommand({
  name: "model remove",
  summary: "Forget a model and its key",
  words: ["NAME"],
  options: {},
  examples: ["fw model remove local"],
  async run({ words, place }) {
    const data = await place.call("model.remove", { name: words.NAME });
    return { data, text: [`${words.NAME} is removed.`] };
  },
});

const detect = defineCommand({
  name: "model detect",
  summary: "Look for model servers on this machine: Ollama, llama.cpp, LM Studio, vLLM",
  words: [],
  options: {},
  examples: ["fw model detect"],
  async run({ place }) {
    const data = await place.call<Models>("model.detect", {});
    if (data.models.length === 0)
      return {
        data,
        text: [
          "No model server answers on this machine.",
          "Start one, such as `ollama serve`, and run this again.",
        ],
      };
    return {
      data,
      text: [
        ...modelTable(data.models, place.terminal.width),
        "",
        `Use one: fw model use ${data.models[0]?.name}`,
      ],
    };
  },
});

const test = defineCommand({
  name: "model test",
  summary: "Send a model one short message and say what came back",
  words: ["NAME"],
  options: {},
  examples: ["fw model test local"],
  async run({ words, place }) {
    const data = await place.call<{
      ok: boolean;
      text: string;
      ms: number;
      code: string | null;
      remedy: string | null;
      action?: Action;
    }>("model.test", { name: words.NAME });
    const mark = data.ok ? styled("green", "✓ ") : styled("red", "✗ ");
    const head: Span[] = [
      mark,
      data.text,
      dim(`  ${Math.round(data.ms)} ms${data.code === null ? "" : ` · ${data.code}`}`),
    ];
    return {
      data,
      text: [head, ...(data.remedy === null ? [] : [dim(withCommand(data.remedy, data.action))])],
      failed: !data.ok,
    };
  },
});

const use = defineCommand({
  name: "model use",
  summary: "Make a model the one that is used, by all or by one agent",
  words: ["MODEL"],
  options: {
    agent: { type: "string", value: "ID", summary: "Only by this agent" },
    embed: { type: "boolean", summary: "For vectors of memories; MODEL `none`: for none" },
  },
  details: [
    "MODEL may be several, separated by commas: where the first cannot answer, the next is asked.",
    "A model found on this machine makes vectors only when it is chosen with --embed; memories get theirs in the background.",
  ],
  examples: [
    "fw model use claude",
    "fw model use claude,local --agent field",
    "fw model use ollama/nomic-embed-text --embed",
  ],
  async run({ words, options, place }) {
    const { agent, embed } = options;
    const data = await place.call("model.use", given({ model: words.MODEL, agent, embed }));
    if (embed)
      return {
        data,
        text: [
          words.MODEL === "none"
            ? "Memories get no vectors."
            : `Memories get vectors from ${words.MODEL} now.`,
        ],
      };
    return { data, text: [`${options.agent ?? "Everyone"} uses ${words.MODEL} now.`] };
  },
});

interface Usage {
  readonly usage: readonly {
    readonly day: string;
    readonly agent: string;
    readonly model: string;
    readonly calls: number;
    readonly input_tokens: number;
    readonly output_tokens: number;
    readonly cost_usd: number;
  }[];
  readonly budgets: readonly {
    readonly agent: string;
    readonly day_usd: number | null;
    readonly spent_usd: number;
    readonly reserved_usd: number;
    readonly day_tokens: number | null;
    readonly spent_tokens: number;
  }[];
}

const usage = defineCommand({
  name: "model usage",
  summary: "Calls, tokens and cost by day, agent and model, and what is left of the budgets",
  words: [],
  options: { days: { type: "string", value: "N", summary: "How many days back (default: 7)" } },
  details: ["Budgets are settings: fw setting list shows those that begin with `budget`."],
  examples: ["fw model usage", "fw model usage --days 30 --json"],
  async run({ options, place }) {
    const data = await place.call<Usage>("model.usage", given({ days: wholeNumber("days", options.days) }));
    const nameOf = data.usage.length + data.budgets.length > 0 ? await agentNames(place) : String;
    return { data, text: [...usageTable(data, nameOf, place), ...budgetLines(data, nameOf)] };
  },
});

function usageTable({ usage: rows }: Usage, nameOf: NameOf, { terminal }: Place): Text {
  if (rows.length === 0) return ["No model was asked in these days."];
  const cells = rows.map((one) => [
    one.day,
    nameOf(one.agent),
    one.model,
    String(one.calls),
    String(one.input_tokens),
    String(one.output_tokens),
    one.cost_usd.toFixed(4),
  ]);
  const total = rows.reduce((sum, one) => sum + one.cost_usd, 0);
  return [
    ...table(["DAY", "AGENT", "MODEL", "CALLS", "READ", "WRITTEN", "USD"], cells, terminal.width),
    dim(
      `${counted(
        rows.reduce((sum, one) => sum + one.calls, 0),
        "call",
      )}, ${total.toFixed(4)} USD`,
    ),
  ];
}

const budgetLines = ({ budgets }: Usage, nameOf: NameOf): Text =>
  budgets.length === 0
    ? []
    : [
        "",
        dim("Budgets of today"),
        ...fields(
          budgets.map((one) => {
            const money =
              one.day_usd === null
                ? []
                : [`${(one.spent_usd + one.reserved_usd).toFixed(4)} of ${one.day_usd} USD`];
            const tokens = one.day_tokens === null ? [] : [`${one.spent_tokens} of ${one.day_tokens} tokens`];
            return [`  ${nameOf(one.agent)}`, [...money, ...tokens].join(", ") || "without limit"] as const;
          }),
        ),
      ];

const key = defineCommand({
  name: "model key",
  summary: "Make a key for a program that uses the gateway, or revoke it",
  words: ["NAME"],
  options: { revoke: { type: "boolean", summary: "The key no longer works" } },
  details: [
    "The key is shown once. Give it to the program with the gateway's address, http://127.0.0.1:2402/v1.",
  ],
  examples: ["fw model key editor", "fw model key editor --revoke"],
  async run({ words, options, place }) {
    const revoke = options.revoke ?? false;
    const data = await place.call<{ key: string | null }>("model.key", { name: words.NAME, revoke });
    if (data.key !== null) place.terminal.note(place.json ? [] : [dim("It is shown only now:")]);
    return { data, text: [data.key ?? `The key of ${words.NAME} is revoked.`] };
  },
});

export const MODEL_COMMANDS: readonly Command[] = [
  list,
  detect,
  providers,
  catalogue,
  add,
  test,
  use,
  usage,
  remove,
  key,
  keys,
];
