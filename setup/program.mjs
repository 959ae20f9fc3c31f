import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";

const KEPT_BYTES = 64 * 1024;
const NPM_LINES = 12;

/** The environment in which `node` means the given one, for it and for npm. */
export function withNode(node, environment = process.env) {
  const name = Object.keys(environment).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...environment, [name]: `${dirname(node)}${delimiter}${environment[name] ?? ""}` };
}

/** Runs a program to its end: its exit code (`null` where it could not begin) and the tail of what it printed. */
export function capture(program, args, options = {}) {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, args, { windowsHide: true, ...options, stdio: ["ignore", "pipe", "pipe"] });
    const keep = (chunk) => {
      output = (output + chunk).slice(-KEPT_BYTES);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (thrown) => resolve({ code: null, output: String(thrown.message) }));
    child.once("close", (code) => resolve({ code, output: output.trim() }));
  });
}

/**
 * Runs npm; of what it prints, the first lines, as the rest is its manual. On Windows npm is a script, which only a shell
 * can run; hence `args` must be plain words.
 */
export async function npm(args, options) {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const shell = process.platform === "win32";
  const { code, output } = await capture("npm", [...args, ...quiet], { ...options, shell });
  return { code, output: output.split("\n").slice(0, NPM_LINES).join("\n") };
}

/** Runs a program in this terminal until it ends, passing signals on; gives its exit code. */
export function inFront(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: "inherit" });
    const forward = (signal) => child.kill(signal);
    // An interrupt from the keyboard reaches the child by itself; this process only has to outlive it.
    const stay = () => {};
    process.on("SIGTERM", forward).on("SIGHUP", forward).on("SIGINT", stay);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("SIGTERM", forward).off("SIGHUP", forward).off("SIGINT", stay);
      resolve(signal === null ? code : 1);
    });
    options.begun?.(child);
  });
}
