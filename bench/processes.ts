import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

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

/** Processes that are there at once, and the memory they hold in bytes: their proportional share where the system tells it. */
export function memoryOf(pid: number): { readonly bytes: number; readonly processes: number } {
  const members = family(pid);
  const bytes = members.map((one) => proportionalBytes(one.pid) ?? one.rssBytes).reduce((a, b) => a + b, 0);
  return { bytes, processes: members.length };
}

function proportionalBytes(pid: number): number | undefined {
  const path = `/proc/${pid}/smaps_rollup`;
  if (!existsSync(path)) return undefined;
  const kibibytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(path, "utf8"))?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** Time a process and its descendants have spent on processors, in milliseconds; Linux only. */
export function cpuMsOf(pid: number): number | undefined {
  if (!existsSync("/proc/self/stat")) return undefined;
  const ticks = family(pid).map((one) => {
    const stat = readFileSync(`/proc/${one.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(fields[11]) + Number(fields[12]);
  });
  // Linux gives these in hundredths of a second to every program, whatever its own tick (proc_pid_stat(5)).
  return ticks.reduce((a, b) => a + b, 0) * 10;
}
