/**
 * A model server that says what a script tells it to, over real HTTP in the OpenAI and Anthropic protocols, and fails in every
 * documented way.
 *
 *     const server = await startModelServer([{ text: "Hello" }, { tool_calls: [{ name: "calc", args: { text: "1+1" } }] }]);
 * @module
 */
export { vectorOf } from "./embedding.ts";
export { FAILURES } from "./failures.ts";
export type {
  ModelAnswer,
  ModelFailure,
  ModelRequest,
  ModelRequestBody,
  ModelScript,
  ModelToolCall,
  ModelUsage,
} from "./script.ts";
export { type ModelServer, type ModelServerOptions, startModelServer } from "./server.ts";
