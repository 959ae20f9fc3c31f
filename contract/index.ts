/**
 * What everyone agrees on: capabilities, manifests, messages, events, errors. Imports nothing but zod; it only ever grows.
 * @module
 */

export * from "./action.ts";
export {
  type AccountSession,
  type ApiToken,
  accountSession,
  type Begun,
  begun,
  type Confirmed,
  confirmed,
  type Identified,
  LOGINS_ENDED,
  type Passkey,
  passkey,
  type Visit,
} from "./capabilities/account.ts";
export { AGENT_FILE_MAX_BYTES, type AgentFile } from "./capabilities/agent_file.ts";
export { type Approval, approval } from "./capabilities/approval.ts";
export type { BackupInfo } from "./capabilities/backup.ts";
export { BLOB_MAX_BYTES, BLOB_READ_MAX_BYTES, type BlobInfo } from "./capabilities/blob.ts";
export { fs } from "./capabilities/fs.ts";
export type { Ask } from "./capabilities/grant.ts";
export type { GraphShown } from "./capabilities/graph.ts";
export type { TraceSpan } from "./capabilities/journal.ts";
export type { LessonEvent } from "./capabilities/lesson.ts";
export type { ModelInfo } from "./capabilities/llm.ts";
export type { MemoryShown, RecalledPiece } from "./capabilities/memories.ts";
export {
  type Hit,
  hit,
  type Lesson,
  lesson,
  type NewLesson,
  type NewMemory,
  newMemory,
  type Prepared,
  type PreparedTool,
} from "./capabilities/mind.ts";
export { type Diagnostic, diagnostic, type ModuleInfo, moduleInfo } from "./capabilities/module.ts";
export { outside } from "./capabilities/outside.ts";
export {
  type CatalogueModel,
  type ModelProvider,
  modelProvider,
} from "./capabilities/provider.ts";
export type { ScheduleEntry } from "./capabilities/schedule.ts";
export {
  type SessionEntry,
  type SessionFound,
  type SessionInfo,
  type SessionLive,
  type SessionTurn,
  sessionEntry,
  sessionInfo,
  type TurnCompletion,
  type TurnReceipt,
} from "./capabilities/session.ts";
export { store } from "./capabilities/store.ts";
export type { Health, HealthProblem } from "./capabilities/system.ts";
export type { ToolSpec } from "./capabilities/tool.ts";
export * from "./capability.ts";
export * from "./catalogue.ts";
export * from "./errors.ts";
export * from "./event.ts";
export { fold } from "./fold.ts";
export * from "./grant.ts";
export * from "./id.ts";
export * from "./json.ts";
export * from "./llm.ts";
export * from "./manifest.ts";
export * from "./message.ts";
export * from "./module.ts";
export * from "./network.ts";
export * from "./pack.ts";
export * from "./progress.ts";
export * from "./reply.ts";
export * from "./restored.ts";
export * from "./schema.ts";
export * from "./scope.ts";
export * from "./token-scope.ts";
export * from "./tokens.ts";
export * from "./tool.ts";
export * from "./untrusted.ts";
export * from "./version.ts";
