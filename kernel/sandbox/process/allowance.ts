import type { FailureCode, InvokeLimits, Usage } from "../wire/index.ts";
import type { MemoryShare } from "./memory-pool.ts";

const SLICE_MS = 0.7;
/** Host work is charged from so much on at once: reading and writing the counter costs time too. */
const CHARGE_MS = 0.05;
/** About what a guest's own code burns in a millisecond. */
const HOST_FUEL_PER_MS = 1_000_000;
const SLICE_FUEL_FIRST = 200_000;
const SLICE_FUEL_MIN = 20_000;
const SLICE_FUEL_MAX = 50_000_000;

/** Why a guest is not to go on. */
export interface Stop {
  readonly code: FailureCode;
  readonly message: string;
}

/** The metered parts of an instance. */
export interface MeteredInstance {
  readonly fuel: WebAssembly.Global<"i64">;
  readonly memory: WebAssembly.Memory;
}

/**
 * What one invocation may still use: its fuel in slices, its time on the processor, and the order to stop.
 *
 * The guest enters by {@link Allowance.enter} and leaves by {@link Allowance.leave} (when a host call goes away, and at the end), so
 * time spent waiting is not counted.
 */
export interface Allowance {
  bind(instance: MeteredInstance): void;
  /** Resolves when the guest may begin, or is to end before it has. */
  begin(): Promise<void>;
  /** The injected import: called when the slice is used up; its answer other than 0 makes the guest trap. */
  yield(): Promise<number>;
  enter(): void;
  leave(): void;
  /** Time the host worked on the guest's thread in the guest's name: it uses up the slice like the guest's own code. */
  charge(ms: number): void;
  /** Lets the guest trap at its next function or loop. */
  stop(reason: Stop): void;
  stopped(): Stop | undefined;
  /** Gives the memory back to the pool. */
  release(): void;
  usage(): Pick<Usage, "cpuMs" | "fuel" | "memoryBytes">;
}

/** @param nextTurn resolves when a guest that has used so much may run its next slice */
export function createAllowance(
  limits: InvokeLimits,
  nextTurn: (usedMs: number) => Promise<void>,
  share: MemoryShare,
): Allowance {
  let instance: MeteredInstance | undefined;
  let slice = SLICE_FUEL_FIRST;
  let baseline = 0;
  let spent = 0;
  let cpuMs = 0;
  let entered: number | undefined;
  let sliceStart = 0;
  let stop: Stop | undefined;
  let held = 0;
  let owedMs = 0;
  let wake: (() => void) | undefined;

  const settle = () => {
    if (!instance) return;
    const left = Number(instance.fuel.value);
    spent += baseline - left;
    baseline = left;
  };
  const refuel = () => {
    if (!instance) return;
    baseline = stop ? -1 : slice;
    instance.fuel.value = BigInt(baseline);
  };
  const enter = () => {
    entered ??= performance.now();
  };
  const leave = () => {
    if (entered === undefined) return;
    cpuMs += performance.now() - entered;
    entered = undefined;
  };
  /** Tells the pool how much the instance holds now. */
  const account = () => {
    const bytes = instance?.memory.buffer.byteLength ?? 0;
    if (bytes === held) return;
    held = bytes;
    if (limits.memoryBytes > 0 && bytes > limits.memoryBytes) {
      stop ??= {
        code: "memory_exhausted",
        message: `The module needs more than its ${limits.memoryBytes >> 20} MiB of memory.`,
      };
    }
    share.set(bytes);
  };
  const adapt = (elapsedMs: number) => {
    const wanted = (slice * SLICE_MS) / Math.max(elapsedMs, SLICE_MS / 4);
    slice = Math.round(Math.min(SLICE_FUEL_MAX, Math.max(SLICE_FUEL_MIN, wanted)));
  };

  /** Whoever is to end does not wait for its turn: the supervisor kills the process when it takes too long. */
  const turn = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    void nextTurn(cpuMs).then(resolve);
    await promise;
    wake = undefined;
  };

  return {
    begin: turn,
    bind(metered) {
      instance = metered;
      sliceStart = cpuMs;
      account();
      refuel();
    },
    async yield() {
      leave();
      settle();
      account();
      if (limits.fuel > 0 && spent > limits.fuel) {
        stop ??= {
          code: "fuel_exhausted",
          message: `The call used up its CPU budget of ${limits.fuel} units of fuel.`,
        };
      }
      if (!stop) {
        adapt(cpuMs - sliceStart);
        await turn();
      }
      sliceStart = cpuMs;
      refuel();
      enter();
      return stop ? 1 : 0;
    },
    enter,
    leave,
    charge(ms) {
      owedMs += ms;
      if (owedMs < CHARGE_MS || !instance) return;
      instance.fuel.value -= BigInt(Math.ceil(owedMs * HOST_FUEL_PER_MS));
      owedMs = 0;
    },
    stop(reason) {
      settle();
      stop ??= reason;
      refuel();
      wake?.();
    },
    stopped: () => stop,
    release: share.leave,
    usage() {
      leave();
      settle();
      return { cpuMs, fuel: Math.max(0, spent), memoryBytes: instance?.memory.buffer.byteLength ?? 0 };
    },
  };
}
