/**
 * Shares the one thread of a sandbox process among its guests.
 *
 * A guest comes here before it starts and whenever it has run for a slice of about a millisecond, and waits for its turn. One slice is given a turn
 * of the event loop, so that replies from the kernel are always served in between. Those who have used little CPU in their
 * call go first; every eighth turn goes to the one who waits longest, so nobody starves.
 */
export interface Scheduler {
  /** Resolves when the guest may run its next slice. */
  turn(usedMs: number): Promise<void>;
  waiting(): number;
}

const LEVEL_MS = [20, 200, Number.POSITIVE_INFINITY] as const;
const FAIR_EVERY = 8;

export function createScheduler(): Scheduler {
  const levels: { go: () => void; since: number }[][] = LEVEL_MS.map(() => []);
  let count = 0;
  let turns = 0;
  let ticket = 0;

  const next = () => {
    turns++;
    const busy = levels.filter((level) => level.length > 0);
    const pick =
      turns % FAIR_EVERY === 0
        ? busy.reduce((oldest, level) => ((level[0]?.since ?? 0) < (oldest[0]?.since ?? 0) ? level : oldest))
        : (busy[0] as (typeof levels)[number]);
    const chosen = pick.shift();
    count--;
    if (count > 0) setImmediate(next);
    chosen?.go();
  };

  return {
    turn(usedMs) {
      return new Promise((go) => {
        const level = LEVEL_MS.findIndex((limit) => usedMs < limit);
        levels[level]?.push({ go, since: ticket++ });
        count++;
        if (count === 1) setImmediate(next);
      });
    },
    waiting: () => count,
  };
}
