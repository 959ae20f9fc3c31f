/**
 * A conversation as the panel knows it: joined from what the server has of it and what it tells while it happens.
 * @module
 */

export {
  type Item,
  logged,
  type Part,
  type ReplyItem,
  type ToolCall,
  type UserItem,
  withLive,
} from "./items.ts";
export { type Conversation, isOpen } from "./state.ts";
export { useConversation } from "./use_conversation.ts";
