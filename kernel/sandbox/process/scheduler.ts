/**
 * Shares the one thread of a sandbox process among its guests.
 *
 * A guest comes here before it starts and whenever it has run for a slice of about a millisecond, and waits for its turn. One turn is
 * given a turn of the event loop, so that replies from the kernel are always served in between. The shortest call goes first: it is
 * taken to be as long as its module's calls were lately, or as it is by now, whichever is more. Every eighth turn goes to the one who
 * waits longest, so nobody starves.
 */
export interface Scheduler {
  /** Resolves when the guest may run its next slice. */
  turn(module: string, usedMs: number): Promise<void>;
  /** A call of the module is over and took so much of the processor. */
  ended(module: string, usedMs: number): void;
  waiting(): number;
}

interface Waiting {
  readonly lengthMs: number;
  go(): void;
}

const FAIR_EVERY = 8;
/** Those who are known to be short go before those who are not known. */
const UNKNOWN_MS = 20;
/** Share of the latest call in what is expected of the next. */
const LATEST = 0.25;
const MODULES_MAX = 4096;

export function createScheduler(): Scheduler {
  /** In the order in which they came. */
  const queue: Waiting[] = [];
  const expectedMs = new Map<string, number>();
  let turns = 0;

  const next = () => {
    turns++;
    let chosen = 0;
    if (turns % FAIR_EVERY !== 0) {
      for (let n = 1; n < queue.length; n++) {
        if ((queue[n] as Waiting).lengthMs < (queue[chosen] as Waiting).lengthMs) chosen = n;
      }
    }
    const [guest] = queue.splice(chosen, 1);
    if (queue.length > 0) setImmediate(next);
    guest?.go();
  };

  return {
    turn(module, usedMs) {
      return new Promise((go) => {
        queue.push({ lengthMs: Math.max(usedMs, expectedMs.get(module) ?? UNKNOWN_MS), go });
        if (queue.length === 1) setImmediate(next);
      });
    },
    ended(module, usedMs) {
      const before = expectedMs.get(module) ?? usedMs;
      expectedMs.delete(module);
      expectedMs.set(module, before + (usedMs - before) * LATEST);
      const [oldest] = expectedMs.keys();
      if (expectedMs.size > MODULES_MAX && oldest !== undefined) expectedMs.delete(oldest);
    },
    waiting: () => queue.length,
  };
}
