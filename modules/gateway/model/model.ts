import { hash } from "node:crypto";
import type { ModelInfo } from "#contract";

export type Model = Omit<ModelInfo, "default" | "embedder">;

/** Always there, without a server or key. */
export const BUILTIN: Model = {
  name: "builtin",
  dialect: "builtin",
  base_url: "",
  model: "builtin",
  has_key: false,
  detected: false,
  context_tokens: null,
  input_usd: 0,
  output_usd: 0,
  cache_read_usd: 0,
  cache_write_usd: 0,
  embeds: false,
};

/** The name of the secret that holds a model's key: names of models have characters that those of secrets do not. */
export function secretName(model: string): string {
  const safe = model.replaceAll(/[^A-Za-z0-9.-]/g, (mark) => `_${mark.charCodeAt(0).toString(16)}`);
  return safe.length <= 100
    ? `model.${safe}`
    : `model.${safe.slice(0, 80)}.${hash("sha256", model).slice(0, 16)}`;
}
