/**
 * A conversation as the panel knows it: joined from what the server has of it and what it tells while it happens.
 * @module
 */

export type { Item, Part, ReplyItem, ToolCall, UserItem } from "./items.ts";
export { logged } from "./logged.ts";
export { type Conversation, isOpen } from "./state.ts";
export { useConversation } from "./use_conversation.ts";
export { withLive } from "./with_live.ts";
