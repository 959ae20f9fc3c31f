import { z } from "zod";

/** A grant as a manifest asks for it and as the owner gives it: a capability, narrowed by a scope. */
export interface Grant {
  readonly capability: string;
  /** `*` where nothing narrows it. */
  readonly scope: string;
}

const FS_READ = ["fs.read", "fs.list", "fs.stat", "fs.search"] as const;
const FS_WRITE = ["fs.write", "fs.mkdir", "fs.truncate", "fs.delete", "fs.move"] as const;

/**
 * The grants that one line of a manifest stands for. `cap`, `cap:scope`, a family `fs.*[:scope]`, and Flowork's colon names.
 * An unknown capability is kept as written: the one who validates the manifest knows the catalogue. A scope left empty behind
 * its colon stays empty, and covers nothing.
 */
export function parseGrant(text: string): readonly Grant[] {
  return floworkGrants(text) ?? [plainGrant(text)];
}

export function formatGrant({ capability, scope }: Grant): string {
  return scope === "*" ? capability : `${capability}:${scope}`;
}

export const grantText = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^[a-z][a-z_]*([.:].+)?$/, "a grant is written `capability` or `capability:scope`");

function plainGrant(text: string): Grant {
  const at = text.indexOf(":");
  if (at < 0) return { capability: text, scope: "*" };
  return { capability: text.slice(0, at), scope: text.slice(at + 1) };
}

function floworkGrants(text: string): readonly Grant[] | undefined {
  const [family = "", verb = "", ...rest] = text.split(":");
  const scope = rest.length === 0 ? "*" : rest.join(":");
  const tail = text === family ? "*" : text.slice(family.length + 1);
  switch (family) {
    case "state":
      return [{ capability: "store.*", scope: "*" }];
    case "time":
      return [{ capability: "time.now", scope: "*" }];
    case "net":
      return [{ capability: "http.fetch", scope: verb === "fetch" ? scope : tail }];
    case "fs":
      if (verb === "shared") return all([...FS_READ, ...FS_WRITE], "/shared");
      if (verb === "read") return all(FS_READ, scope);
      if (verb === "write") return all(FS_WRITE, scope);
      return undefined;
    case "exec":
      return [{ capability: "exec.run", scope: tail }];
    case "secret":
      return [{ capability: "secret.use", scope: tail }];
    case "rpc":
      if (verb === "broadcast" || verb === "publish") return [{ capability: "bus.broadcast", scope }];
      if (verb === "send") return [{ capability: "bus.send", scope }];
      return verb === "call" || text === family ? [{ capability: "bus.request", scope }] : undefined;
    case "mcp":
    case "app":
      return [{ capability: "tool.run", scope: tail === "*" ? `${family}.*` : `${family}.${tail}.*` }];
    default:
      return undefined;
  }
}

function all(capabilities: readonly string[], scope: string): readonly Grant[] {
  return capabilities.map((capability) => ({ capability, scope }));
}
