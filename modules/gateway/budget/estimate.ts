import type { LlmMessage, LlmRequest } from "#contract";
import { partsOf } from "../dialect/parts.ts";

/** An image costs about this much with the providers that say so. */
const IMAGE_TOKENS = 1600;
const MESSAGE_TOKENS = 4;

/**
 * Tokens of a text without a tokenizer: a quarter of its ASCII characters and one for any other, which is more than the
 * common tokenizers give for nearly all text.
 */
export function textTokens(text: string): number {
  let ascii = 0;
  let other = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) < 128) ascii++;
    else other++;
  }
  return Math.ceil(ascii / 4) + other;
}

export const messageTokens = (message: LlmMessage): number =>
  MESSAGE_TOKENS +
  partsOf(message).reduce((sum, part) => {
    switch (part.type) {
      case "text":
      case "thinking":
        return sum + textTokens(part.text);
      case "tool_call":
        return sum + textTokens(part.name) + textTokens(part.args);
      case "image":
        return sum + IMAGE_TOKENS;
      case "file":
        return sum + Math.ceil(part.data.length / 4);
      case "tool_result":
        return part.content.reduce(
          (inner, one) => inner + (one.type === "text" ? textTokens(one.text) : IMAGE_TOKENS),
          sum,
        );
    }
  }, 0);

/** Tokens that a request puts in. */
export function requestTokens({ messages, tools, response_format }: LlmRequest): number {
  const said = messages.reduce((sum, message) => sum + messageTokens(message), 0);
  const schemas = (tools?.length ? JSON.stringify(tools) : "") + (response_format ? JSON.stringify(response_format) : "");
  return said + textTokens(schemas);
}
