/**
 * The SDK for agents in TypeScript: import it as `"fieldwork"`.
 *
 * @example
 * import { agent } from "fieldwork";
 *
 * export default agent({
 *   async onMessage(message, host) {
 *     const hits = await host.brain.search(message.text);
 *     return hits[0]?.content ?? "I know nothing of that.";
 *   },
 * });
 *
 * @module
 */
export { type Agent, agent, type Rpc, rpc } from "./agent.ts";
export type { Brain, MemoryHit, MemoryQuery, NewMemory } from "./brain.ts";
export type { Bus } from "./bus.ts";
export type { Call } from "./call.ts";
export { type CallReply, type ErrorData, FieldworkError } from "./error.ts";
export type { Encoding, FileContent, FileEntry, FileMatch, Files } from "./fs.ts";
export type { Host } from "./host.ts";
export type { Json, JsonObject } from "./json.ts";
export {
  type ChatMessage,
  type Completion,
  type CompletionResult,
  type FilePart,
  type ImagePart,
  type Llm,
  type MessagePart,
  type ModelTool,
  type TextPart,
  type ThinkingPart,
  type ToolCallPart,
  type ToolResultPart,
  textOf,
  type Usage,
} from "./llm.ts";
export type { Attachment, Message, Reply, Request, Source } from "./message.ts";
export type { Mind, NewLesson, Prepared, PreparedTool } from "./mind.ts";
export type { Exec, FetchOptions, FetchResult, Http, RunOptions, RunResult, Secret } from "./outside.ts";
export type { Schedule, Scheduled, ScheduleEntry } from "./schedule.ts";
export type { NewEntries, Session, SessionEntry } from "./session.ts";
export type { DocumentRecord, Store } from "./store.ts";
export type { Batch, BatchCall, Log, ModuleSummary, Random, Registry, Time } from "./system.ts";
export type { Effect, Receipt, Tool, ToolResult, ToolSpec } from "./tool.ts";
export { standardTurn, type TurnOptions, type TurnReply } from "./turn/index.ts";
