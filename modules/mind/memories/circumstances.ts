import type { CallContext } from "#contract";

/** In what something is kept: the conversation, and whether its turn had read content from outside the owner. */
export type Circumstances = Pick<CallContext, "session" | "tainted">;
