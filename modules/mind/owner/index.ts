/**
 * What the owner does with an agent's mind.
 * @module
 */
import type { Provider } from "#contract";
import { conversationProviders } from "./conversation.ts";
import { learnedProviders } from "./learned.ts";
import { memoryProviders } from "./memories.ts";
import { mindProviders } from "./mind.ts";
import { noteProviders } from "./notes.ts";

export const ownerProviders: readonly Provider[] = [
  ...memoryProviders,
  ...learnedProviders,
  ...mindProviders,
  ...conversationProviders,
  ...noteProviders,
];
