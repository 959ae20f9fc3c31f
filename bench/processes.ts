import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly rssBytes: number;
}

function all(): readonly Process[] {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = 0, parent = 0, rss = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent, rssBytes: rss * 1024 };
    });
}

/** A process and all that descend from it. */
function family(pid: number): readonly Process[] {
  const known = all();
  const members = known.filter((one) => one.pid === pid);
  for (const member of members) members.push(...known.filter((one) => one.parent === member.pid));
  return members;
}

export interface Memory {
  readonly bytes: number;
  readonly processes: number;
  /** Of the process itself, of those that descend from it, and what they share; in bytes. */
  readonly parts: { readonly first: number; readonly others: number; readonly shared: number };
}

/**
 * Processes that are there at once, and the memory they hold in bytes. What they share (the program, libraries) counts once,
 * as it would if no other program of the machine shared it too; where the system does not tell, their resident sets.
 */
export function memoryOf(pid: number): Memory {
  const members = family(pid).map((one) => splitMemory(one.pid) ?? { own: one.rssBytes, shared: 0 });
  const own = members.map((one) => one.own);
  const shared = Math.max(...members.map((one) => one.shared));
  const [first = 0, ...others] = own;
  return {
    bytes: own.reduce((sum, one) => sum + one, shared),
    processes: members.length,
    parts: { first, others: others.reduce((sum, one) => sum + one, 0), shared },
  };
}

/** From `smaps_rollup`, proc(5). */
function splitMemory(pid: number): { readonly own: number; readonly shared: number } | undefined {
  const text = readProc(pid, "smaps_rollup");
  if (text === undefined) return undefined;
  const sum = (kind: string): number =>
    [...text.matchAll(new RegExp(`^${kind}_(?:Clean|Dirty):\\s+(\\d+) kB`, "gm"))].reduce(
      (total, [, kibibytes]) => total + Number(kibibytes) * 1024,
      0,
    );
  return { own: sum("Private"), shared: sum("Shared") };
}

/** Time a process and its descendants have spent on processors, in milliseconds; Linux only. */
export function cpuMsOf(pid: number): number | undefined {
  const stats = family(pid).map((one) => readProc(one.pid, "stat"));
  if (stats[0] === undefined) return undefined;
  const ticks = stats.map((stat = "") => {
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  });
  // Linux gives these in hundredths of a second to every program, whatever its own tick (proc_pid_stat(5)).
  return ticks.reduce((a, b) => a + b, 0) * 10;
}

/** Undefined where there is no such file, or the process has just ended. */
function readProc(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}
