import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { capture } from "./program.mjs";

/** Does a process of this id run? One that has ended but was not collected yet does not. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return thrown.code === "EPERM";
  }
  return !/\) Z /.test(readProcess(pid, "stat"));
}

/**
 * Is it the Fieldwork server of this home, by its command line or title? Process ids are used again, and not only by strangers:
 * where the environment can be read, the home in it decides between two servers.
 */
export async function isServer(pid, home) {
  if (!/^fieldwork\b|\bmain\.ts(["\s\0]|$)/.test(await commandLine(pid))) return false;
  const other = readProcess(pid, "environ")
    .split("\0")
    .find((one) => one.startsWith("FIELDWORK_HOME="));
  return other === undefined || resolve(other.slice("FIELDWORK_HOME=".length)) === home;
}

async function commandLine(pid) {
  if (process.platform === "linux") return readProcess(pid, "cmdline");
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

/** A file of Linux's `/proc`; empty elsewhere and for processes of others. */
function readProcess(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
