import { z } from "zod";
import { moduleId } from "../id.ts";
import { isoTime } from "../schema.ts";
import { owner } from "./grades.ts";
import { diagnostic, moduleInfo } from "./module.ts";

/** The largest text file of a module that can be read and written through the counter, in bytes. */
export const AGENT_FILE_MAX_BYTES = 1_048_576;

const id = moduleId;
const path = z
  .string()
  .min(1)
  .max(512)
  .describe("Relative to the module's folder, with `/`: `agent.ts`, `skills/plan/SKILL.md`");
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const agentFile = z.object({
  path: z.string(),
  bytes: z.int(),
  modified_at: isoTime,
  /** What the file is to the module. */
  role: z.enum(["entry", "source", "manifest", "prompt", "doctrine", "skill", "command", "other"]),
});
export type AgentFile = z.infer<typeof agentFile>;

/** What became of the module when its folder was read again. */
const reloaded = z.object({
  state: moduleInfo.shape.state,
  problems: z.array(z.string()),
  diagnostics: z.array(diagnostic),
});

export const agentFiles = [
  owner(
    "agent.files",
    "read",
    "The text files of a module that can be edited; not its state, workspace, programs and links.",
    z.strictObject({ id }),
    z.object({ files: z.array(agentFile), truncated: z.boolean() }),
  ),
  owner(
    "agent.file.read",
    "read",
    "One of them, with the hash by which a change is recognised.",
    z.strictObject({ id, path }),
    z.object({
      path: z.string(),
      content: z.string(),
      sha256: z.string(),
      bytes: z.int(),
      modified_at: isoTime,
    }),
  ),
  owner(
    "agent.file.write",
    "system",
    "Write one of them in one step, load the module anew and say what became of it. With `expect`, only where the file still has that hash (null: only where there is none).",
    z.strictObject({
      id,
      path,
      content: z.string().max(AGENT_FILE_MAX_BYTES),
      expect: sha256.nullable().optional(),
    }),
    z.object({ sha256: z.string(), bytes: z.int() }).extend(reloaded.shape),
  ),
  owner(
    "agent.file.delete",
    "system",
    "Delete one of them; the manifest and the entry stay.",
    z.strictObject({ id, path, expect: sha256.optional() }),
    reloaded,
  ),
] as const;
