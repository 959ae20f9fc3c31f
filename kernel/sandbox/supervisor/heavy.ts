import type { FailureCode, Usage } from "../wire/index.ts";

const CPU_MS = 1000;
const MEMORY_BYTES = 32 * 1024 * 1024;
/** So long after its last heavy call a module is taken to be as light as any other. */
const HEAVY_FOR_MS = 5 * 60_000;
const MODULES_MAX = 4096;
const USED_UP: ReadonlySet<FailureCode> = new Set(["fuel_exhausted", "memory_exhausted"]);

/**
 * Knows which modules weigh heavily on the process they run in: those that computed for long, held much memory or used up what they
 * may have of either. They run in a process of their own kind, so that what they cost there (collecting what they leave behind, above all)
 * is not felt by the others.
 */
export interface HeavyModules {
  has(module: string): boolean;
  /** Takes note of a call that has ended. */
  ended(module: string, usage: Pick<Usage, "cpuMs" | "memoryBytes">, failure?: FailureCode): void;
}

export function createHeavyModules(now: () => number = () => performance.now()): HeavyModules {
  const since = new Map<string, number>();
  return {
    has(module) {
      const at = since.get(module);
      if (at === undefined) return false;
      if (now() - at <= HEAVY_FOR_MS) return true;
      since.delete(module);
      return false;
    },
    ended(module, { cpuMs, memoryBytes }, failure) {
      const usedUp = failure !== undefined && USED_UP.has(failure);
      if (!usedUp && cpuMs < CPU_MS && memoryBytes < MEMORY_BYTES) return;
      since.delete(module);
      since.set(module, now());
      const [oldest] = since.keys();
      if (since.size > MODULES_MAX && oldest !== undefined) since.delete(oldest);
    },
  };
}
