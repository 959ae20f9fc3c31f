import type { LlmMessage, LlmPart } from "./llm.ts";

const IMAGE_TOKENS = 1600;
const FILE_TOKENS = 2000;
const MESSAGE_TOKENS = 6;
const PART_TOKENS = 4;
const CALL_TOKENS = 12;

/**
 * How many tokens a text takes, at most: an estimate that is meant to be too high rather than too low, for any model's
 * tokenizer. In English and program text it is about 1.3 times what byte-pair encodings with 100,000 entries need. Counted
 * are: a word of up to 6 ASCII letters as one, then one for every 3 letters more (a capital begins a new word, so that base64
 * is not taken for words); one for every 2 digits; one for a mark; nothing for a single space, one for a line break or every 4
 * further spaces; one for a character below U+0800, one and a half for one below U+10000, three for one above.
 */
export function estimateTokens(text: string): number {
  let halves = 0;
  let letters = 0;
  let digits = 0;
  let spaces = 0;
  let upper = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isUpper = code >= 65 && code <= 90;
    if (isUpper || (code >= 97 && code <= 122)) {
      if (isUpper && !upper) letters = 0;
      if (letters === 0 || (letters >= 6 && letters % 3 === 0)) halves += 2;
      letters++;
      upper = isUpper;
      digits = spaces = 0;
      continue;
    }
    letters = 0;
    upper = false;
    if (code >= 48 && code <= 57) {
      if (digits++ % 2 === 0) halves += 2;
      spaces = 0;
      continue;
    }
    digits = 0;
    if (code === 32) {
      if (spaces++ % 4 === 1) halves += 2;
      continue;
    }
    spaces = 0;
    if (code >= 0xd800 && code <= 0xdfff) halves += 3;
    else halves += code < 0x800 ? 2 : 3;
  }
  return Math.ceil(halves / 2);
}

/** {@link estimateTokens} of a message, with what a dialect puts around it. An image counts as 1,600, a file as its base64 text and 2,000 more. */
export function estimateMessageTokens({ content, name }: LlmMessage): number {
  const around = MESSAGE_TOKENS + (name === undefined ? 0 : estimateTokens(name) + 1);
  if (typeof content === "string") return around + estimateTokens(content);
  return content.reduce((sum, part) => sum + estimatePartTokens(part), around);
}

function estimatePartTokens(part: LlmPart): number {
  switch (part.type) {
    case "text":
      return PART_TOKENS + estimateTokens(part.text);
    case "thinking":
      return PART_TOKENS + estimateTokens(part.text) + estimateTokens(part.signature ?? "");
    case "image":
      return IMAGE_TOKENS;
    case "file":
      return FILE_TOKENS + Math.ceil(part.data.length / 2);
    case "tool_call":
      return CALL_TOKENS + estimateTokens(part.name) + estimateTokens(part.args) + estimateTokens(part.id);
    case "tool_result":
      return part.content.reduce(
        (sum, inner) => sum + estimatePartTokens(inner),
        CALL_TOKENS + estimateTokens(part.id) + estimateTokens(part.name ?? ""),
      );
  }
}
