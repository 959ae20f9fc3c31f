import { readFileSync } from "node:fs";

/** A process that gets no processor at all is not waited for without end. */
const WALL_FACTOR = 12;

export interface PatienceClocks {
  /** Milliseconds. */
  now(): number;
  /** Milliseconds a process has had of the processors; undefined where the system does not tell. */
  cpuMs(pid: number): number | undefined;
}

const system: PatienceClocks = { now: () => performance.now(), cpuMs: cpuTimeOf };

/**
 * Measures how long a process has let somebody wait in its own time on the processor: on a busy machine one that has hardly run is
 * slow, not stuck. Where the system does not tell that time, the time on the wall counts.
 * @returns whether it had this many milliseconds by now
 */
export function startPatience(pid: number, ms: number, clocks: PatienceClocks = system): () => boolean {
  const since = clocks.now();
  const cpuBefore = clocks.cpuMs(pid);
  return () => {
    const waited = clocks.now() - since;
    if (waited < ms) return false;
    const cpu = clocks.cpuMs(pid);
    if (cpu === undefined || cpuBefore === undefined) return true;
    return cpu - cpuBefore >= ms || waited >= ms * WALL_FACTOR;
  };
}

/** Milliseconds, from the fields `utime` and `stime` of proc_pid_stat(5), which Linux gives in hundredths of a second. */
export function cpuTimeOf(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const [, , , , , , , , , , , user, kernel] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(user) + Number(kernel)) * 10;
  } catch {
    return undefined;
  }
}
