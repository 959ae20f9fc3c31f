import { type Dialect, NO_IMAGES, type Quirk, underBase } from "../dialect.ts";
import { createDecoder, decodeWhole } from "./decode.ts";
import { encodeRequest } from "./encode.ts";

const VERSION = "2023-06-01";

const QUIRKS: readonly (readonly [RegExp, Quirk])[] = [
  [/output_config|output_format/i, "output_config"],
  NO_IMAGES,
];

/** Anthropic's messages. Prices of cached input are the published shares of the price of input. */
export const anthropic: Dialect = {
  name: "anthropic",
  url: (base) => underBase(base, "messages"),
  headers: (key) => ({ "anthropic-version": VERSION, ...(key === undefined ? {} : { "x-api-key": key }) }),
  encode: encodeRequest,
  decoder: createDecoder,
  whole: decodeWhole,
  learn: (refusal, quirks) => QUIRKS.find(([words, quirk]) => words.test(refusal) && !quirks.has(quirk))?.[1],
  needs_max_tokens: true,
  cache_price: { read: 0.1, write: 1.25 },
};
