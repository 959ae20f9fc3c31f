import type { Logger } from "#contract";
import type { Journal } from "../journal/index.ts";
import type { Metrics } from "../metrics/index.ts";
import type { ModuleEntry } from "./entry.ts";
import type { InvocationRecord } from "./run.ts";

export interface AccountParts {
  readonly journal: Pick<Journal, "append">;
  readonly metrics: Pick<Metrics, "invoked">;
  readonly logger: Logger;
}

/** Puts what a call used to its module's account, and its end into the journal. */
export function createAccounts({ journal, metrics, logger }: AccountParts) {
  return ({ id, usage }: ModuleEntry, record: InvocationRecord): void => {
    usage.calls++;
    if (!record.ok) usage.failures++;
    usage.cpu_ms += record.cpuMs;
    usage.fuel += record.fuel;
    usage.capability_calls += record.calls + record.localCalls;
    usage.memory_peak_bytes = Math.max(usage.memory_peak_bytes, record.memoryBytes);
    metrics.invoked(record);
    const { trace, span, parent, ok, code } = record;
    try {
      journal.append({
        kind: "module.called",
        actor: id,
        subject: record.function,
        trace,
        span,
        parent,
        data: {
          ok,
          ...(code === null ? {} : { code }),
          cpu_ms: record.cpuMs,
          wall_ms: record.wallMs,
          fuel: record.fuel,
          memory: record.memoryBytes,
          calls: record.calls,
          local_calls: record.localCalls,
        },
      });
    } catch (error) {
      logger.error(`the end of a call cannot be written: ${(error as Error).message}`);
    }
  };
}
