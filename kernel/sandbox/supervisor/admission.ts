import { FieldworkError } from "#contract";

const RUNNING_MAX = 512;
const RUNNING_MAX_OF_MODULE = 128;
const WAITING_MAX_OF_MODULE = 1024;

/** Bounds how many calls run at once, of each module and of all; the others wait, each module in a line of its own. */
export interface Admission {
  /** Resolves when a call of the module may run. @throws FieldworkError `rate_limited` when too many wait already. */
  enter(module: string): Promise<void>;
  leave(module: string): void;
}

export function createAdmission(): Admission {
  const running = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();
  let all = 0;

  const count = (module: string) => running.get(module) ?? 0;
  const begin = (module: string) => {
    all++;
    running.set(module, count(module) + 1);
  };
  const next = (module: string): (() => void) | undefined => {
    const queue = waiting.get(module);
    const go = queue?.shift();
    if (queue?.length === 0) waiting.delete(module);
    return go;
  };

  return {
    async enter(module) {
      if (count(module) < RUNNING_MAX_OF_MODULE && all < RUNNING_MAX) return begin(module);
      const queue = waiting.get(module) ?? [];
      if (queue.length >= WAITING_MAX_OF_MODULE) {
        throw new FieldworkError(
          "rate_limited",
          `${module} has ${count(module)} calls running and ${queue.length} waiting.`,
          { details: { retry_after_ms: 1000 } },
        );
      }
      waiting.set(module, queue);
      await new Promise<void>((go) => queue.push(go));
    },
    /** Lets the next one in: of the same module or, where none of it waits, of any that may run more. */
    leave(module) {
      all--;
      if (count(module) > 1) running.set(module, count(module) - 1);
      else running.delete(module);
      const others = [...waiting.keys()].filter((other) => count(other) < RUNNING_MAX_OF_MODULE);
      const chosen = waiting.has(module) ? module : others[0];
      if (chosen === undefined) return;
      begin(chosen);
      next(chosen)?.();
    },
  };
}
