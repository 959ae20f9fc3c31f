import { execFile } from "node:child_process";

const TIME_MAX_MS = 900_000;
const OUTPUT_MAX_BYTES = 67_108_864;

/**
 * Runs a program to its end and gives its standard output. A failure says what the program said last.
 * @param {readonly string[]} command
 * @param {{ cwd?: string, env?: Readonly<Record<string, string>> }} [options] `env` is added to this process's own.
 * @returns {Promise<string>}
 */
export function run(command, options = {}) {
  const [program = "", ...args] = command;
  const settings = {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    timeout: TIME_MAX_MS,
    maxBuffer: OUTPUT_MAX_BYTES,
  };
  return new Promise((resolve, reject) => {
    execFile(program, args, settings, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const last = `${stderr.trim() || stdout.trim() || error.message}`.split("\n").slice(-12).join("\n");
      reject(new Error(`${command.join(" ")} failed: ${last}`));
    });
  });
}
