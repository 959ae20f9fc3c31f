const BUDGET_MS = 2;
/** Work that takes more of the processor than this is heavy: its module pauses for so many times as long. */
const HEAVY_MS = 5;
const PAUSE_FACTOR = 9;
const PAUSE_MAX_MS = 5000;

/**
 * Lets the calls of all modules into the kernel in turn, one of each: a flood waits behind itself, not before the others. A turn of the
 * event loop does so much and goes on in the next, so that everything else is served in between. A module whose call was heavy pauses,
 * so that it has a tenth of the thread at most.
 */
export interface Turns {
  add(module: string, work: () => void): void;
  waiting(): number;
}

export interface Clocks {
  now(): number;
  /** Time of this thread on the processor: a machine that is busy with other things makes no call heavy. */
  cpuMs(): number;
}

const system: Clocks = {
  now: () => performance.now(),
  cpuMs() {
    const { user, system: kernel } = process.threadCpuUsage();
    return (user + kernel) / 1000;
  },
};

export function createTurns({ now, cpuMs }: Clocks = system): Turns {
  /** In the order in which they are next. */
  const queues = new Map<string, (() => void)[]>();
  const paused = new Map<string, (() => void)[]>();
  let planned = false;

  const plan = () => {
    if (planned || queues.size === 0) return;
    planned = true;
    setImmediate(run);
  };
  const pause = (module: string, ms: number) => {
    paused.set(module, queues.get(module) ?? []);
    queues.delete(module);
    setTimeout(
      () => {
        const waited = paused.get(module) ?? [];
        paused.delete(module);
        if (waited.length > 0) queues.set(module, waited);
        plan();
      },
      Math.min(ms, PAUSE_MAX_MS),
    ).unref();
  };
  const run = () => {
    planned = false;
    const begun = now();
    let at = begun;
    let cpu = cpuMs();
    for (const [module, queue] of queues) {
      const work = queue.shift();
      queues.delete(module);
      if (queue.length > 0) queues.set(module, queue);
      work?.();
      const after = now();
      if (after - at > HEAVY_MS) {
        const spent = cpuMs();
        if (spent - cpu > HEAVY_MS) pause(module, (spent - cpu) * PAUSE_FACTOR);
        cpu = spent;
      }
      at = after;
      if (after - begun > BUDGET_MS) break;
    }
    plan();
  };

  return {
    add(module, work) {
      const queue = paused.get(module) ?? queues.get(module);
      if (queue) queue.push(work);
      else queues.set(module, [work]);
      plan();
    },
    waiting: () => [...queues.values(), ...paused.values()].reduce((sum, queue) => sum + queue.length, 0),
  };
}
