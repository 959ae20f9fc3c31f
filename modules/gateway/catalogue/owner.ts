import { capability, FieldworkError, type Provider, provide } from "#contract";
import type { Gateway } from "../gateway.ts";
import { listCatalogue, type Place } from "./catalogue.ts";
import { PROVIDERS } from "./providers.ts";

interface Asked {
  readonly provider?: string | undefined;
  readonly base_url?: string | undefined;
  readonly dialect?: "openai" | "anthropic" | undefined;
  readonly key?: string | undefined;
  readonly like?: string | undefined;
}

/** What the owner chooses a model from. */
export function catalogueProviders(running: () => Gateway): Provider[] {
  return [
    provide(capability("model.providers"), () => ({ providers: [...PROVIDERS] })),
    provide(capability("model.catalogue"), (asked, { signal }) =>
      listCatalogue(placeOf(asked, running()), running().transport, signal),
    ),
    provide(capability("model.keys"), () => ({ keys: running().keys.list() })),
  ];
}

function placeOf({ provider, base_url, dialect, key, like }: Asked, { table, providers }: Gateway): Place {
  if (like !== undefined) {
    const model = table.get(like);
    if (!model || model.dialect === "builtin")
      throw new FieldworkError("not_found", `There is no model ${like} with a provider to ask.`);
    return { dialect: model.dialect, base_url: model.base_url, key: providers[model.dialect].key(model) };
  }
  const known = PROVIDERS.find(({ id }) => id === provider);
  if (provider !== undefined && !known)
    throw new FieldworkError("not_found", `There is no provider ${provider}.`, {
      remedy: `There are: ${PROVIDERS.map(({ id }) => id).join(", ")}.`,
    });
  const base = base_url || known?.base_url || "";
  const url = URL.parse(base);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash)
    throw new FieldworkError(
      "invalid_input",
      `${base.slice(0, 200) || "Nothing"} is no base URL of a provider.`,
      {
        remedy: "Write it like https://api.example.com/v1, without user, query or fragment.",
      },
    );
  const given = key?.trim();
  return {
    dialect: dialect ?? known?.dialect ?? "openai",
    base_url: url.href,
    key: given === "" ? undefined : given,
  };
}
