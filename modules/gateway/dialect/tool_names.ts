import { hash } from "node:crypto";
import type { LlmRequest } from "#contract";

/** Names of tools as providers take them (`^[A-Za-z0-9_-]{1,64}$`), and back. */
export interface ToolNames {
  out(name: string): string;
  back(name: string): string;
}

const MAX = 64;

export function toolNames(tools: LlmRequest["tools"] = []): ToolNames {
  const toOut = new Map<string, string>();
  const toBack = new Map<string, string>();
  const out = (name: string): string => {
    const known = toOut.get(name);
    if (known !== undefined) return known;
    const plain = name.replaceAll(/[^A-Za-z0-9_-]/g, "_");
    const taken = toBack.has(plain) && toBack.get(plain) !== name;
    const fits = plain.length <= MAX && plain !== "" && !taken;
    const made = fits ? plain : `${plain.slice(0, MAX - 9)}_${hash("sha256", name).slice(0, 8)}`;
    toOut.set(name, made);
    toBack.set(made, name);
    return made;
  };
  // A name that needs no change must keep it, whatever comes before it.
  for (const { name } of tools) if (name.length <= MAX && /^[\w-]+$/.test(name)) out(name);
  for (const { name } of tools) out(name);
  return { out, back: (name) => toBack.get(name) ?? name };
}
