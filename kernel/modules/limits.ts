import type { Settings } from "../settings/index.ts";
import type { ModuleEntry } from "./entry.ts";
import type { ModuleRecords } from "./records.ts";
import type { ModuleLimits } from "./run.ts";

const MEMORY_MB = 64;
const TIMEOUT_MS = 120_000;

/** The limits of a module's calls: as its owner set them, else as its manifest asks, else the usual; memory within the owner's bounds. */
export function createLimits(
  records: ModuleRecords,
  settings: Settings,
): (entry: Pick<ModuleEntry, "id" | "manifest">) => ModuleLimits {
  return ({ id, manifest }) => {
    const { config = {} } = records.get(id) ?? {};
    const asked = config.memory_max_mb ?? manifest?.memory_max_mb ?? MEMORY_MB;
    const least = settings.get<number>("limits.memory_floor_mb");
    const most = settings.get<number>("limits.memory_ceiling_mb");
    return {
      memoryBytes: Math.min(Math.max(asked, least), most) * 1024 * 1024,
      timeoutMs: config.timeout_call_ms ?? manifest?.timeout_call_ms ?? TIMEOUT_MS,
      fuel: config.fuel_per_call ?? manifest?.fuel_per_call ?? settings.get<number>("limits.fuel_per_call"),
    };
  };
}
