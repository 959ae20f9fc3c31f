/**
 * Timing for the benches. The machine may be doing other things, so work is repeated and the least disturbed repetition
 * counts; within one, the median and the 99th percentile.
 * @module
 */

/** Milliseconds. */
export interface Timing {
  readonly p50: number;
  readonly p99: number;
}

export function timingOf(times: readonly number[]): Timing {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Times each of `rounds` repetitions, after a tenth as many to warm up. */
export async function time(rounds: number, work: () => unknown): Promise<Timing> {
  for (let round = 0; round < rounds / 10; round++) await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return timingOf(times);
}

/** The repetition with the smallest figure. */
export async function quietest<T>(
  repetitions: number,
  measure: () => T | Promise<T>,
  figure: (measured: T) => number,
): Promise<T> {
  let best = await measure();
  for (let repetition = 1; repetition < repetitions; repetition++) {
    const next = await measure();
    if (figure(next) < figure(best)) best = next;
  }
  return best;
}

/** The smallest median of several repetitions, in milliseconds. */
export const quietMedian = (repetitions: number, rounds: number, work: () => unknown): Promise<Timing> =>
  quietest(
    repetitions,
    () => time(rounds, work),
    ({ p50 }) => p50,
  );

/** A time in the unit that suits it. */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms >= 1) return `${ms.toFixed(1)} ms`;
  if (ms >= 0.1) return `${ms.toFixed(2)} ms`;
  if (ms >= 0.001) return `${(ms * 1000).toFixed(1)} µs`;
  return `${(ms * 1e6).toFixed(0)} ns`;
}

export const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
export const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString("en")} / s`;
