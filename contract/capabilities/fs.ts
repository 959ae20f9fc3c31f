import { z } from "zod";
import { defineCapability, type Effect } from "../capability.ts";
import { moduleId } from "../id.ts";
import { blobHash } from "../message.ts";
import { done } from "../schema.ts";

/**
 * A path is relative to the module's workspace or begins with `/workspace`; `/shared` is the folder all agents may be
 * granted; any other absolute path is one of the machine's. Inside the own workspace no grant is needed.
 */
const path = z.string().max(4096);
const encoding = z.enum(["utf8", "base64"]);
/** `other`: links, devices, sockets and pipes; they are shown, never opened. */
const kind = z.enum(["file", "directory", "other"]);
const define = <const N extends string, I extends z.ZodType, O extends z.ZodType>(
  name: N,
  effect: Effect,
  summary: string,
  input: I,
  output: O,
) => defineCapability({ name, summary, grant: "owner", scope: "path", effect, confirm: true, input, output });

const read = define(
  "fs.read",
  "read",
  "Read a file, or a range of its bytes (4 MiB at most).",
  z.strictObject({
    path,
    offset: z.int().min(0).default(0),
    length: z.int().min(0).max(4_194_304).optional(),
    encoding: encoding.default("utf8"),
  }),
  z.object({ content: z.string(), encoding, size: z.int(), truncated: z.boolean() }),
);
const write = define(
  "fs.write",
  "write",
  "Write a file: whole (replaced in one step), appended, created only if absent, or bytes at an offset.",
  z.strictObject({
    path,
    content: z.string().max(4_194_304),
    encoding: encoding.default("utf8"),
    mode: z.enum(["replace", "append", "create"]).default("replace"),
    offset: z.int().min(0).optional().describe("Write into the existing file at this byte instead"),
  }),
  z.object({ bytes: z.int() }),
);
const truncate = define(
  "fs.truncate",
  "write",
  "Cut or extend a file to a size.",
  z.strictObject({ path, size: z.int().min(0).max(1_073_741_824) }),
  done,
);
const list = define(
  "fs.list",
  "read",
  "List a folder, sorted by name.",
  z.strictObject({ path: path.default(""), limit: z.int().min(1).max(10_000).default(1000) }),
  z.object({
    entries: z.array(z.object({ name: z.string(), kind, size: z.int(), modified_at: z.string() })),
    truncated: z.boolean(),
  }),
);
const stat = define(
  "fs.stat",
  "read",
  "What a path is.",
  z.strictObject({ path }),
  z.object({
    found: z.boolean(),
    kind: kind.optional(),
    size: z.int().optional(),
    modified_at: z.string().optional(),
  }),
);
const mkdir = define(
  "fs.mkdir",
  "write",
  "Make a folder and the folders above it.",
  z.strictObject({ path }),
  done,
);
const remove = define(
  "fs.delete",
  "write",
  "Delete a file, an empty folder, or a folder with all in it.",
  z.strictObject({ path, recursive: z.boolean().default(false) }),
  done,
);
const move = define(
  "fs.move",
  "write",
  "Move or rename a file or folder.",
  z.strictObject({ from: path, to: path, overwrite: z.boolean().default(false) }),
  done,
);
const search = define(
  "fs.search",
  "read",
  "Find files by name pattern and, where given, lines that contain a text.",
  z.strictObject({
    path: path.default(""),
    glob: z
      .string()
      .max(512)
      .default("**")
      .describe(
        "`*`, `?`, `[a-z]`, `{a,b}`, `**` across folders; without `/` it is matched with the name at any depth",
      ),
    text: z.string().min(1).max(512).optional(),
    limit: z.int().min(1).max(1000).default(100),
  }),
  z.object({
    matches: z.array(z.object({ path: z.string(), line: z.int().optional(), text: z.string().optional() })),
    truncated: z.boolean(),
  }),
);

/** `inbox/` of a module's workspace, which only ever gets new files this way. */
const deliver = defineCapability({
  name: "fs.deliver",
  summary:
    "Put a copy of a file into the inbox of a module's workspace; the same file under the same name is there once.",
  grant: "tier",
  tier: "system",
  effect: "write",
  input: z.strictObject({
    to: moduleId,
    name: z.string().min(1).max(255),
    from: z.string().min(1).max(4096).describe("Absolute path of the file that is copied"),
    hash: blobHash.describe("SHA-256 of its bytes"),
  }),
  output: z.object({ path: z.string() }),
});

const withdraw = defineCapability({
  name: "fs.withdraw",
  summary: "Take a delivered file out of a module's inbox, if it is still what was delivered.",
  grant: "tier",
  tier: "system",
  effect: "write",
  input: z.strictObject({ from: moduleId, path: z.string().min(1).max(1024), hash: blobHash }),
  output: z.object({ withdrawn: z.boolean() }),
});

export const fs = [
  read,
  write,
  truncate,
  list,
  stat,
  mkdir,
  remove,
  move,
  search,
  deliver,
  withdraw,
] as const;
