import { ACTIONS, FieldworkError, formatGrant, type JsonValue } from "#contract";
import { existsHere, type Grants, readGrant } from "../grants/index.ts";
import { askedTexts, type ModuleEntry } from "./entry.ts";
import type { Execution } from "./execution.ts";
import type { ModuleConfig, ModuleRecords } from "./records.ts";

/** What of all that a module asks for it is given: a list of grants, or so much of its manifest. */
export type Decision = "all" | "required" | "none" | readonly string[];

export interface DecisionOptions {
  readonly grants: Grants;
  readonly records: ModuleRecords;
  readonly execution: Execution;
  entry(id: string): ModuleEntry;
  reload(id: string): Promise<void>;
  /** A line in the journal. */
  note(kind: string, id: string, data?: Readonly<Record<string, JsonValue>>): void;
}

/** What the owner decides about a module, kept and put into effect. */
export interface Decisions {
  /** Lets a module run, with the grants decided on. */
  approve(id: string, decision: Decision): Promise<void>;
  setEnabled(id: string, enabled: boolean): Promise<void>;
  configure(id: string, config: ModuleConfig): void;
}

export function createDecisions(options: DecisionOptions): Decisions {
  const { grants, records, note } = options;
  return {
    async approve(id, decision) {
      const entry = options.entry(id);
      const { manifest } = entry;
      if (!manifest)
        throw new FieldworkError("module_invalid", `${id} has no valid manifest.`, {
          details: { problems: [...entry.problems] },
        });
      const chosen = decide(manifest, decision);
      const wanted = new Set(chosen.map(formatGrant));
      const before = records.get(id);
      // What was given by hand beyond what it ever asked for stays the owner's business.
      const asked = new Set((before?.asked ?? []).filter(existsHere).flatMap(readGrant).map(formatGrant));
      const old = grants
        .list(id)
        .filter((grant) => asked.has(formatGrant(grant)) && !wanted.has(formatGrant(grant)));
      if (old.length > 0) grants.take(id, old);
      grants.give(id, chosen);
      records.put({ id, enabled: true, asked: askedTexts(manifest), config: before?.config ?? {} });
      note("module.approved", id, { grants: chosen.map(formatGrant) });
      await options.reload(id);
    },
    async setEnabled(id, enabled) {
      const entry = options.entry(id);
      const record = records.get(id);
      if (!record)
        throw new FieldworkError("conflict", `${id} waits for your approval.`, {
          remedy: "Look at what it asks for, and decide.",
          action: ACTIONS.approve_agent(id),
        });
      records.put({ ...record, enabled });
      note(enabled ? "module.enabled" : "module.disabled", id);
      if (enabled) await options.reload(id);
      else await options.execution.stopAll(entry, "it was disabled");
    },
    configure(id, config) {
      const entry = options.entry(id);
      const record = records.get(id);
      if (!record)
        throw new FieldworkError("conflict", `${id} waits for your approval.`, {
          remedy: "Look at what it asks for, and decide.",
          action: ACTIONS.approve_agent(id),
        });
      const merged = { ...record.config, ...config, policy: { ...record.config.policy, ...config.policy } };
      records.put({ ...record, config: merged });
      if (config.memory_max_mb !== undefined && entry.manifest?.entry.endsWith(".wasm"))
        options.execution.dropProgram(entry);
    },
  };
}

function decide(manifest: NonNullable<ModuleEntry["manifest"]>, decision: Decision) {
  const expand = (texts: readonly string[]) => texts.flatMap(readGrant);
  if (decision === "none") return [];
  if (decision === "required") return expand(manifest.capabilities_required);
  if (decision === "all")
    return expand([...manifest.capabilities_required, ...manifest.capabilities_optional.filter(existsHere)]);
  return expand(decision);
}
