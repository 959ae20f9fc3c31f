import type { CatalogueModel, ModelProvider } from "#contract";
import { defineCommand } from "../command/index.ts";
import { dim, localTime, type Span, table } from "../terminal/index.ts";
import { given } from "./arguments.ts";
import { readSecret } from "./passwords.ts";

export const providers = defineCommand({
  name: "model providers",
  summary: "Providers of models that are known by name, and where their keys are made",
  words: [],
  options: {},
  examples: ["fw model providers"],
  async run({ place }) {
    const data = await place.call<{ providers: ModelProvider[] }>("model.providers", {});
    const rows = data.providers.map((one): Span[] => [
      one.id,
      one.name,
      one.dialect,
      one.base_url,
      one.key_help,
    ]);
    return { data, text: table(["ID", "NAME", "DIALECT", "ADDRESS", "KEY"], rows, place.terminal.width) };
  },
});

export const catalogue = defineCommand({
  name: "model catalogue",
  summary: "Ask a provider which models a key can use",
  words: ["[PROVIDER]"],
  options: {
    "base-url": { type: "string", value: "URL", summary: "Its address, where it is not a known provider" },
    dialect: { type: "string", value: "WHICH", summary: "openai or anthropic" },
    like: { type: "string", value: "MODEL", summary: "With address and key of a model there is already" },
    "key-stdin": { type: "boolean", summary: "Read the key from standard input; it is not kept" },
  },
  examples: [
    "fw model catalogue ollama",
    "printf '%s' \"$KEY\" | fw model catalogue openrouter --key-stdin",
    "fw model catalogue --like claude",
  ],
  async run({ words, options, place }) {
    const key = options["key-stdin"] ? await readSecret(place, "", true, "--key-stdin") : undefined;
    const data = await place.call<{ models: CatalogueModel[]; truncated: boolean }>(
      "model.catalogue",
      given({
        provider: words.PROVIDER,
        base_url: options["base-url"],
        dialect: options.dialect,
        like: options.like,
        key,
      }),
    );
    const price = (usd: number | null): string => (usd === null ? "-" : String(usd));
    const rows = data.models.map((one): Span[] => [
      one.id,
      one.name === one.id ? "" : one.name,
      one.context_tokens === null ? "-" : String(one.context_tokens),
      `${price(one.input_usd)} / ${price(one.output_usd)}`,
      one.embeds ? "vectors" : "",
    ]);
    return {
      data,
      text: [
        ...table(["MODEL", "NAME", "CONTEXT", "$ PER MTOK", ""], rows, place.terminal.width),
        ...(data.truncated ? [dim("There are more.")] : []),
      ],
    };
  },
});

export const keys = defineCommand({
  name: "model keys",
  summary: "The programs that have a key of the gateway",
  words: [],
  options: {},
  examples: ["fw model keys"],
  async run({ place }) {
    const data = await place.call<{ keys: { name: string; made_at: string }[] }>("model.keys", {});
    const rows = data.keys.map((one): Span[] => [one.name, localTime(one.made_at)]);
    return {
      data,
      text: table(["PROGRAM", "MADE"], rows, place.terminal.width, "There are none."),
    };
  },
});
