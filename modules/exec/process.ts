import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { FieldworkError } from "#contract";

export interface ProcessRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: string | undefined;
  readonly timeout_ms: number;
  /** The most that is kept of each of stdout and stderr; the rest is read and forgotten. */
  readonly max_bytes: number;
  readonly signal: AbortSignal;
}
export interface ProcessResult {
  /** Null where a signal ended the program. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  /** What made an end of it before it ended by itself. */
  readonly stopped: "timeout" | "cancelled" | undefined;
}

/** From the polite signal to the one that cannot be ignored. */
const GRACE_MS = 2000;
/** What the group leaves open after its program has ended is closed after so long. */
const LINGER_MS = 500;
const WINDOWS = process.platform === "win32";

/** Runs a program as the leader of its own group; when it ends, is stopped or takes too long, the whole group ends. */
export function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  const { program, args, cwd, environment, stdin, timeout_ms, max_bytes, signal } = request;
  return new Promise((resolve, reject) => {
    let child: ChildProcess;
    try {
      child = spawn(program, args, {
        cwd,
        env: environment,
        detached: !WINDOWS,
        windowsHide: true,
        stdio: [stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      });
    } catch (error) {
      reject(spawnFailure(error, program));
      return;
    }
    let stopped: ProcessResult["stopped"];
    let kill: NodeJS.Timeout | undefined;
    let linger: NodeJS.Timeout | undefined;
    const stop = (why: "timeout" | "cancelled") => {
      if (stopped) return;
      stopped = why;
      endGroup(child, "SIGTERM");
      kill = setTimeout(() => endGroup(child, "SIGKILL"), GRACE_MS);
    };
    const cancel = () => stop("cancelled");
    const timer = setTimeout(() => stop("timeout"), timeout_ms);
    const settle = () => {
      clearTimeout(timer);
      clearTimeout(kill);
      clearTimeout(linger);
      signal.removeEventListener("abort", cancel);
    };
    const stdout = keep(child.stdout, max_bytes);
    const stderr = keep(child.stderr, max_bytes);
    child.once("error", (error) => {
      if (child.pid !== undefined) return;
      settle();
      reject(spawnFailure(error, program));
    });
    child.once("exit", () => {
      // Children left in the background would hold the pipes, and go on unseen.
      endGroup(child, "SIGKILL");
      linger = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, LINGER_MS);
    });
    child.once("close", (code) => {
      settle();
      const truncated = stdout.truncated() || stderr.truncated();
      resolve({ code, stdout: stdout.text(), stderr: stderr.text(), truncated, stopped });
    });
    // A program may end without reading what it is given.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(stdin);
    if (signal.aborted) cancel();
    else signal.addEventListener("abort", cancel, { once: true });
  });
}

function keep(stream: Readable | null, max_bytes: number) {
  const chunks: Buffer[] = [];
  let kept = 0;
  let truncated = false;
  stream?.on("data", (chunk: Buffer) => {
    const room = max_bytes - kept;
    if (chunk.length > room) truncated = true;
    if (room <= 0) return;
    const part = chunk.subarray(0, room);
    chunks.push(part);
    kept += part.length;
  });
  return {
    truncated: () => truncated,
    // Cut in the middle of a character, the rest of that character is left out.
    text: () =>
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.concat(chunks), { stream: truncated }),
  };
}

function endGroup(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
  if (child.pid === undefined) return;
  if (WINDOWS) {
    spawn("C:\\Windows\\System32\\taskkill.exe", ["/T", "/F", "/PID", String(child.pid)], {
      stdio: "ignore",
      windowsHide: true,
    }).once("error", () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

function spawnFailure(error: unknown, program: string): FieldworkError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "E2BIG" || code === "ENAMETOOLONG")
    return new FieldworkError("too_large", "The arguments and variables are larger than the system allows.", {
      remedy: "Pass the data on stdin or in a file of the workspace.",
    });
  if (code === "ENOENT")
    return new FieldworkError("not_found", `${program} or its interpreter is not there.`);
  if (code === "EACCES" || code === "ENOEXEC" || code === "EPERM")
    return new FieldworkError("denied", `${program} cannot be run by Fieldwork.`, { cause: error });
  if (code === "EAGAIN" || code === "EMFILE" || code === "ENOMEM")
    return new FieldworkError("unavailable", "The machine has no room for another process now.", {
      cause: error,
    });
  if (code === "ERR_INVALID_ARG_VALUE")
    return new FieldworkError("invalid_input", "An argument holds a NUL.", { cause: error });
  return new FieldworkError("internal", `${program} could not be started: ${String(error)}`, {
    cause: error,
  });
}
