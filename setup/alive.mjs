import { readFileSync } from "node:fs";
import { capture } from "./program.mjs";

/** Does a process of this id run? One that has ended but was not collected yet does not. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return thrown.code === "EPERM";
  }
  if (process.platform !== "linux") return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3) !== "Z";
  } catch {
    return true;
  }
}

/** Is it a Fieldwork server, by its command line? Process ids are used again after a restart of the machine. */
export async function isServer(pid) {
  return /\bmain\.ts(["\s\0]|$)/.test(await commandLine(pid));
}

async function commandLine(pid) {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    } catch {
      return "";
    }
  }
  const { output } =
    process.platform === "win32"
      ? await capture("powershell.exe", [
          "-NoProfile",
          "-Command",
          `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`,
        ])
      : await capture("ps", ["-p", String(pid), "-o", "command="]);
  return output;
}
