import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, onTestFinished } from "vitest";

const FW = join(import.meta.dirname, "..", "fw.ts");

/** No pseudo-terminal can be had here. */
export const noPty = spawnSync("script", ["--version"]).status !== 0;

export const KEYS = { enter: "\r", ctrlC: "\x03", ctrlD: "\x04", up: "\x1b[A", backspace: "\x7f" } as const;

export interface Session {
  type(keys: string): void;
  /** All that was written to the terminal so far, without escape sequences. */
  seen(): string;
  raw(): string;
  /** Waits until it is seen after what the last call found. */
  sees(what: string | RegExp): Promise<void>;
  readonly exited: Promise<number | null>;
}

/** Runs the real `fw` on a pseudo-terminal. */
export function onTerminal(args: readonly string[], home: string): Session {
  const command = [process.execPath, FW, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qefc", `stty cols 100 rows 30; ${command}`, "/dev/null"], {
    env: { PATH: process.env.PATH, FIELDWORK_HOME: home, TZ: "UTC", TERM: "xterm-256color" },
  });
  let raw = "";
  let at = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    raw += text;
  });
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  onTestFinished(() => void child.kill("SIGKILL"));
  const seen = () => stripVTControlCharacters(raw).replaceAll("\r", "");
  return {
    type: (keys) => void child.stdin.write(keys),
    seen,
    raw: () => raw,
    async sees(what) {
      const find = (): number => {
        const rest = seen().slice(at);
        const found = typeof what === "string" ? rest.indexOf(what) : rest.search(what);
        return found < 0 ? -1 : at + found;
      };
      await expect.poll(() => find() >= 0 || `not in: ${seen().slice(at)}`).toBe(true);
      const length = typeof what === "string" ? what.length : (what.exec(seen().slice(at))?.[0].length ?? 0);
      at = find() + length;
    },
    exited,
  };
}
