import { lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { FieldworkError } from "#contract";
import type { ModuleEntry } from "./entry.ts";

/** What a guest finds in its environment; the `FLOWORK_` names are those of Flowork's modules. */
export function environmentOf(entry: ModuleEntry, shared: boolean) {
  const env: Record<string, string> = {
    FIELDWORK_MODULE: entry.id,
    FLOWORK_AGENT_ID: entry.id,
    FLOWORK_AGENT_WORKSPACE: "/workspace",
    FLOWORK_AGENT_DB: "/workspace/.state",
    FLOWORK_ROUTER_URL: "http://127.0.0.1:2402",
    FLOWORK_AGENT_CONFIG: JSON.stringify({
      prompt: "",
      router: { url: "http://127.0.0.1:2402", model: entry.manifest?.model ?? "" },
      kv: entry.manifest?.kv_defaults ?? {},
      schedule: entry.manifest?.schedule ?? [],
      tools: entry.manifest?.tools ?? [],
      skills: [],
      secrets: {},
      meta: {},
    }),
  };
  if (!shared) return { env, preopens: ["/workspace"] };
  return { env: { ...env, FLOWORK_SHARED_WORKSPACE: "/shared" }, preopens: ["/workspace", "/shared"] };
}

/** The folder a module works in; made when it is not there. */
export function workspaceOf(entry: ModuleEntry): string {
  const path = join(entry.folder, "workspace");
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) mkdirSync(path, { recursive: true, mode: 0o700 });
  else if (!found.isDirectory())
    throw new FieldworkError("module_invalid", `The workspace of ${entry.id} is not a plain folder.`);
  return path;
}
