import { type Dialect, NO_IMAGES, type Quirk, underBase } from "../dialect.ts";
import { createDecoder, decodeWhole } from "./decode.ts";
import { encodeRequest } from "./encode.ts";

const QUIRKS: readonly (readonly [RegExp, Quirk])[] = [
  [/max_completion_tokens/i, "max_completion_tokens"],
  [/stream_options/i, "stream_options"],
];

/** OpenAI's chat completions and the servers that speak like it. */
export const openai: Dialect = {
  name: "openai",
  url: (base) => underBase(base, "chat/completions"),
  headers: (key) => (key === undefined ? {} : { authorization: `Bearer ${key}` }),
  encode: encodeRequest,
  decoder: createDecoder,
  whole: decodeWhole,
  learn: (refusal, quirks) =>
    [...QUIRKS, NO_IMAGES].find(([words, quirk]) => words.test(refusal) && !quirks.has(quirk))?.[1],
  needs_max_tokens: false,
  cache_price: { read: 1, write: 1 },
};
