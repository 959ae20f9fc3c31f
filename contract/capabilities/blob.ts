import { z } from "zod";
import { moduleId } from "../id.ts";
import { ATTACHMENTS_MAX, attachment, blobHash, sessionId } from "../message.ts";
import { done } from "../schema.ts";
import { auto, owner, system } from "./grades.ts";

/** The largest blob, in bytes. */
export const BLOB_MAX_BYTES = 64 * 1024 * 1024;
/** What one reading of a blob gives at most, in bytes. */
export const BLOB_READ_MAX_BYTES = 4 * 1024 * 1024;

const blobInfo = z.object({ blob: blobHash, size: z.int(), type: z.string() });
export type BlobInfo = z.infer<typeof blobInfo>;
const attachments = z.array(attachment).max(ATTACHMENTS_MAX);

/** Files that came with messages, each kept once under the hash of its bytes. */
export const blobs = [
  owner(
    "blob.add",
    "write",
    "Keep a file of this machine as a blob (64 MiB at most); one that no message refers to goes after an hour.",
    z.strictObject({ path: z.string().min(1).max(4096), type: z.string().max(128).default("") }),
    blobInfo,
  ),
  owner(
    "blob.show",
    "read",
    "A blob's size, type and the path of its file.",
    z.strictObject({ blob: blobHash }),
    blobInfo.extend({ path: z.string() }),
  ),
  auto(
    "blob.read",
    "read",
    "Bytes of an attachment of one of the caller's own conversations, 4 MiB at most.",
    z.strictObject({
      blob: blobHash,
      offset: z.int().min(0).default(0),
      length: z.int().min(1).max(BLOB_READ_MAX_BYTES).default(BLOB_READ_MAX_BYTES),
    }),
    z.object({ base64: z.string(), size: z.int(), type: z.string(), truncated: z.boolean() }),
  ),
  system(
    "blob.attach",
    "write",
    "Bind blobs to a conversation and put each into the agent's workspace; gives them with their true size, type and path.",
    z.strictObject({ to: moduleId, session: sessionId, attachments }),
    z.object({ attachments }),
  ),
  system(
    "blob.share",
    "write",
    "What is bound to a conversation is bound to another of the same agent too.",
    z.strictObject({ agent: moduleId, from: sessionId, to: sessionId }),
    done,
  ),
  system(
    "blob.release",
    "write",
    "A conversation is gone; what nothing else refers to goes with it.",
    z.strictObject({ agent: moduleId, session: sessionId }),
    z.object({ released: z.int() }),
  ),
] as const;
