import { z } from "zod";
import { defineCapability } from "../capability.ts";
import { done, jsonValue } from "../schema.ts";

const key = z.string().min(1).max(512);
const collection = z.string().min(1).max(128);
const docId = z.string().min(1).max(512);

const kvGet = defineCapability({
  name: "store.kv.get",
  summary: "Read one of the module's own values.",
  grant: "auto",
  effect: "read",
  input: z.strictObject({ k: key }),
  output: z.object({ value: jsonValue, found: z.boolean() }),
});
const kvSet = defineCapability({
  name: "store.kv.set",
  own: true,
  summary: "Keep a value under a key.",
  grant: "auto",
  effect: "write",
  repeatable: true,
  input: z.strictObject({ k: key, v: jsonValue }),
  output: done,
});
const kvDelete = defineCapability({
  name: "store.kv.delete",
  own: true,
  summary: "Delete a key.",
  grant: "auto",
  effect: "write",
  repeatable: true,
  input: z.strictObject({ k: key }),
  output: done,
});
const kvList = defineCapability({
  name: "store.kv.list",
  summary: "List the keys that begin with a prefix, 1,000 at most; go on with `after`.",
  grant: "auto",
  effect: "read",
  input: z.strictObject({
    prefix: z.string().max(512).default(""),
    after: z.string().max(512).optional().describe("Only keys behind this one"),
  }),
  output: z.object({ keys: z.array(z.string()), truncated: z.boolean() }),
});
const docPut = defineCapability({
  name: "store.doc.put",
  own: true,
  summary: "Keep a document in a collection; the same id replaces it.",
  grant: "auto",
  effect: "write",
  repeatable: true,
  input: z.strictObject({ collection, id: docId, body: jsonValue }),
  output: done,
});
const docGet = defineCapability({
  name: "store.doc.get",
  summary: "Read a document.",
  grant: "auto",
  effect: "read",
  input: z.strictObject({ collection, id: docId }),
  output: z.object({ found: z.boolean(), body: jsonValue.optional() }),
});
const docQuery = defineCapability({
  name: "store.doc.query",
  summary: "The newest documents of a collection, 8 MiB at most.",
  grant: "auto",
  effect: "read",
  input: z.strictObject({ collection, limit: z.int().min(1).max(500).default(100) }),
  output: z.object({
    records: z.array(z.object({ id: z.string(), body: jsonValue, updated_at: z.string() })),
    count: z.int(),
    truncated: z.boolean().describe("The collection holds more"),
  }),
});
const docDelete = defineCapability({
  name: "store.doc.delete",
  own: true,
  summary: "Delete a document.",
  grant: "auto",
  effect: "write",
  repeatable: true,
  input: z.strictObject({ collection, id: docId }),
  output: done,
});

export const store = [kvGet, kvSet, kvDelete, kvList, docPut, docGet, docQuery, docDelete] as const;
