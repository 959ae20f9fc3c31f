import { estimateMessageTokens, estimateTokens, type LlmRequest } from "#contract";

/** Tokens that a request puts in, at most: messages, schemas of tools, and that of the answer. */
export function requestTokens({ messages, tools, response_format }: LlmRequest): number {
  const said = messages.reduce((sum, message) => sum + estimateMessageTokens(message), 0);
  const schemas = [tools?.length ? tools : undefined, response_format].map((one) =>
    one === undefined ? 0 : estimateTokens(JSON.stringify(one)),
  );
  return schemas.reduce((sum, tokens) => sum + tokens, said);
}
