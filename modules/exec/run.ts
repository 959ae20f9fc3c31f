import { type CallContext, FieldworkError } from "#contract";
import { makeEnvironment, makeScrubber } from "./environment.ts";
import { workingFolder } from "./folder.ts";
import { runProcess } from "./process.ts";
import { findProgram } from "./program.ts";
import type { Sandbox } from "./sandbox.ts";

/** The arguments of `exec.run`, parsed; `program` is canonical. */
export interface RunArguments {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly stdin?: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly timeout_ms: number;
  readonly max_bytes: number;
}

const RUNNING_MOST = 32;
let running = 0;

/** Runs a program in the workspace, in the sandbox where there is one. */
export async function runProgram(
  args: RunArguments,
  context: CallContext,
  findSandbox: () => Promise<Sandbox | undefined>,
) {
  if (running >= RUNNING_MOST)
    throw new FieldworkError("rate_limited", `${RUNNING_MOST} programs are running already.`, {
      details: { retry_after_ms: 1000 },
    });
  running++;
  try {
    return await runCounted(args, context, findSandbox);
  } finally {
    running--;
  }
}

async function runCounted(
  args: RunArguments,
  context: CallContext,
  findSandbox: () => Promise<Sandbox | undefined>,
) {
  const { host } = context;
  const path = host.setting("exec.path") as string;
  const sandbox = await findSandbox();
  if (!sandbox && host.setting("exec.require_sandbox"))
    throw new FieldworkError(
      "unavailable",
      "The operating system offers no sandbox here, and one is required.",
      {
        remedy: "Install bubblewrap (Linux), or turn the setting exec.require_sandbox off.",
      },
    );
  const folder = await workingFolder(args.cwd, context.workspace);
  const program = await findProgram(args.program, path);
  const wrapped = sandbox?.wrap(program, args.args, folder, host.setting("exec.network") === true) ?? {
    program,
    args: args.args,
    workspace: folder.workspace,
  };
  const { variables, secrets } = makeEnvironment(args.env, { path, home: wrapped.workspace }, context);
  const scrubber = makeScrubber(secrets);
  const { stopped, ...result } = await runProcess({
    program: wrapped.program,
    args: wrapped.args,
    cwd: folder.real,
    environment: variables,
    stdin: args.stdin,
    timeout_ms: args.timeout_ms,
    max_bytes: args.max_bytes + scrubber.margin_bytes,
    signal: context.signal,
  });
  const out = cut(scrubber.scrub(result.stdout), args.max_bytes);
  const err = cut(scrubber.scrub(result.stderr), args.max_bytes);
  const [stdout, stderr] = [out.text, err.text];
  if (stopped === "cancelled") throw new FieldworkError("cancelled", `${args.program} was stopped.`);
  if (stopped === "timeout")
    throw new FieldworkError(
      "timeout",
      `${args.program} took longer than ${args.timeout_ms} ms and was ended.`,
      {
        remedy: "Raise timeout_ms, or give the program less to do.",
        details: { stdout, stderr },
      },
    );
  const truncated = result.truncated || out.truncated || err.truncated;
  return { code: result.code, stdout, stderr, truncated, sandboxed: sandbox !== undefined };
}

/** The beginning of a text, at most so many bytes of UTF-8 and whole characters. */
function cut(text: string, max_bytes: number): { readonly text: string; readonly truncated: boolean } {
  const bytes = Buffer.from(text);
  if (bytes.length <= max_bytes) return { text, truncated: false };
  const kept = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, max_bytes), {
    stream: true,
  });
  return { text: kept, truncated: true };
}
