import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type CallContext,
  capability,
  type FieldworkError,
  formatGrant,
  type JsonValue,
  type Provider,
  provide,
  type ScheduleEntry,
} from "#contract";
import { type Grants, readGrant } from "../grants/index.ts";
import type { ModuleConfig, ModuleRecords, Registry } from "../modules/index.ts";

export interface ModuleConfigParts {
  readonly registry: Registry;
  readonly records: ModuleRecords;
  readonly grants: Grants;
  limitsOf(id: string): { readonly memoryBytes: number; readonly timeoutMs: number; readonly fuel: number };
  note(kind: string, subject: string, data?: Readonly<Record<string, JsonValue>>): void;
  durable(): Promise<void>;
}

interface Uses {
  readonly uses: readonly { readonly agent: string; readonly candidates: readonly string[] }[];
}
interface Budget {
  readonly own: { day_usd: number | null; day_tokens: number | null } | null;
}
interface Schedules {
  readonly schedules: ScheduleEntry[];
}

/** All that is decided about one module, in one place: each part is asked of, and changed with, the one who keeps it. */
export function serveModuleConfig(parts: ModuleConfigParts): Provider {
  const { registry, records, grants, limitsOf, note, durable } = parts;

  const read = async (id: string, context: CallContext) => {
    const { memoryBytes, timeoutMs, fuel } = limitsOf(id);
    const config: ModuleConfig = records.get(id)?.config ?? {};
    const [uses, budget, schedules, prompt] = await Promise.all([
      ask<Uses>(context, "model.list", {}),
      ask<Budget>(context, "model.budget", { agent: id }),
      ask<Schedules>(context, "schedule.list", { module: id }),
      readFile(join(registry.entry(id).folder, "prompt.md"), "utf8").catch(() => null),
    ]);
    return {
      memory_max_mb: memoryBytes >> 20,
      timeout_call_ms: timeoutMs,
      fuel_per_call: fuel,
      policy: Object.fromEntries(
        Object.entries(config.policy ?? {}).flatMap(([effect, rule]) => (rule ? [[effect, rule]] : [])),
      ),
      model: uses?.uses.find(({ agent }) => agent === id)?.candidates.join(",") ?? null,
      prompt,
      tools: config.tools ? [...config.tools] : null,
      budget: budget?.own ?? null,
      grants: grants.list(id).map(formatGrant),
      schedules: schedules?.schedules ?? [],
    };
  };

  const changeGrants = async (id: string, wanted: readonly string[], context: CallContext) => {
    const kept = new Set(wanted.flatMap((text) => readGrant(text)).map(formatGrant));
    const held = grants.list(id);
    const texts = new Set(held.map(formatGrant));
    for (const grant of kept) if (!texts.has(grant)) await context.call("grant.give", { module: id, grant });
    // With its scope, even `*`: the bare name would take every grant of the capability, those just given too.
    for (const one of held)
      if (!kept.has(formatGrant(one)))
        await context.call("grant.take", { module: id, grant: `${one.capability}:${one.scope}` });
  };

  return provide(capability("agent.config"), async ({ id, set }, context) => {
    registry.entry(id);
    if (set) {
      const { model, prompt, budget, grants: wanted, ...own } = set;
      const changed = Object.keys(set);
      if (Object.keys(own).length > 0) registry.configure(id, own);
      if (model !== undefined) await context.call("model.use", { agent: id, model: model ?? "" });
      if (budget !== undefined) await context.call("model.budget", { agent: id, set: budget });
      if (wanted !== undefined) await changeGrants(id, wanted, context);
      if (prompt !== undefined)
        await context.call("agent.file.write", { id, path: "prompt.md", content: prompt });
      note("module.configured", id, { changed });
      await durable();
    }
    return read(id, context);
  });
}

/** `undefined` where nobody provides it, or the caller may not see it. */
async function ask<T>(context: CallContext, cap: string, args: JsonValue): Promise<T | undefined> {
  try {
    return (await context.call(cap, args)) as T;
  } catch (error) {
    const { code } = error as FieldworkError;
    if (code === "unavailable" || code === "denied") return undefined;
    throw error;
  }
}
