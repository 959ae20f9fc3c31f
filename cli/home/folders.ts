import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { FieldworkError, MANIFEST_MAX_BYTES, parseManifest, toErrorData } from "#contract";

/** An agent as its folder alone tells of it. */
export interface AgentFolder {
  readonly id: string;
  readonly kind: string;
  readonly version: string;
  readonly display_name: string;
  readonly folder: string;
  /** What is wrong with its manifest. */
  readonly problems: readonly string[];
}

const SUFFIX = ".fwagent";

/** The agents in a home's `agents/`, read without a server, by name. */
export function readAgentFolders(home: string): AgentFolder[] {
  const agents = join(home, "agents");
  let names: string[];
  try {
    names = readdirSync(agents);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .map((name) => readFolder(join(agents, name), name.slice(0, -SUFFIX.length)));
}

function readFolder(folder: string, id: string): AgentFolder {
  try {
    const path = join(folder, "manifest.json");
    if (statSync(path).size > MANIFEST_MAX_BYTES)
      throw new FieldworkError("module_invalid", "manifest.json is too large");
    const manifest = parseManifest(readFileSync(path, "utf8"));
    const { kind, version, display_name } = manifest;
    const problems =
      manifest.id === id ? [] : [`the manifest's id is "${manifest.id}", the folder's "${id}"`];
    return { id, kind, version, display_name, folder, problems };
  } catch (thrown) {
    const { message } = toErrorData(thrown);
    return { id, kind: "?", version: "?", display_name: id, folder, problems: [message] };
  }
}
