const BUDGET_MS = 2;
/** So many calls, at most, are let in by one turn of the event loop. */
const CALLS_OF_TURN = 16;
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
  /** Steps of this turn of the event loop that are still to come. */
  let steps = 0;
  let begun = 0;
  let at = 0;
  let cpu = 0;
  let working: string | undefined;

  /** Each call is a step of its own, so that what it does in promises is over, and counted as its own, when the next step comes. */
  const plan = () => {
    if (steps > 0 || queues.size === 0) return;
    let calls = 0;
    for (const queue of queues.values()) {
      calls += queue.length;
      if (calls >= CALLS_OF_TURN) break;
    }
    steps = Math.min(calls, CALLS_OF_TURN) + 1;
    setImmediate(first);
    for (let n = 1; n < steps; n++) setImmediate(step);
  };
  const pause = (module: string, ms: number) => {
    paused.set(module, [...(paused.get(module) ?? []), ...(queues.get(module) ?? [])]);
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
  const settle = () => {
    const after = now();
    if (working !== undefined && after - at > HEAVY_MS) {
      const spent = cpuMs();
      if (spent - cpu > HEAVY_MS) pause(working, (spent - cpu) * PAUSE_FACTOR);
      cpu = spent;
    }
    working = undefined;
    at = after;
  };
  const first = () => {
    begun = now();
    at = begun;
    cpu = cpuMs();
    step();
  };
  const step = () => {
    settle();
    steps--;
    if (steps === 0) return plan();
    if (at - begun > BUDGET_MS) return;
    for (const [module, queue] of queues) {
      const work = queue.shift();
      queues.delete(module);
      if (queue.length > 0) queues.set(module, queue);
      working = module;
      return work?.();
    }
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
