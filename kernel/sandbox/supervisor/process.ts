import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { FieldworkError } from "#contract";
import type { Stop } from "../process/allowance.ts";
import {
  CALL_MAX_BYTES,
  CONTROL,
  createWire,
  type DoneHead,
  FRAME,
  type InvokeHead,
  type StatsFrame,
  type Wire,
} from "../wire/index.ts";
import { startPatience } from "./patience.ts";
import type { Turns } from "./turns.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SANDBOX = fileURLToPath(new URL("../", import.meta.url));
const MAIN = fileURLToPath(new URL("../process/main.ts", import.meta.url));
const FRAME_MAX_BYTES = 256 * 1024 * 1024;
/** Room for about 950 nested JavaScript calls of an agent; see `Engine.stackBytes`. */
const STACK_KIB = 3936;
const PING_MS = 1000;
const STUCK_MS = 5000;
const CANCEL_GRACE_MS = 3000;

/** What the kernel does for a guest while it runs. */
export interface InvocationPort {
  /** A counter call: the request's JSON as the guest wrote it → the reply's JSON. */
  onCall(request: Buffer): Promise<Uint8Array>;
  onLog(line: string): void;
}

export interface Ended {
  readonly head: DoneHead;
  /** The reply's text. */
  readonly reply: string;
}

/** A running sandbox process, seen from the kernel. Whatever it sends is checked for size and for belonging to something it was given. */
export interface SandboxProcess {
  readonly pid: number;
  /** The keys of the programs it holds, once loaded. */
  readonly programs: Map<string, Promise<void>>;
  running(): number;
  /** A question answered by `prepared` or `failed`. */
  request(type: number, ...payload: readonly Uint8Array[]): Promise<Buffer>;
  invoke(
    head: InvokeHead,
    port: InvocationPort,
  ): {
    /** `undefined`: the process holds the program no more, and nothing ran. */
    readonly ended: Promise<Ended | undefined>;
    stop(reason: Stop): void;
  };
  stats(): Promise<StatsFrame>;
  kill(): void;
  readonly exited: Promise<void>;
}

interface Running {
  readonly module: string;
  readonly port: InvocationPort;
  resolve(ended: Ended | undefined): void;
  reject(error: Error): void;
  /** Once it was told to stop: has it had the time to? */
  graceOver: (() => boolean) | undefined;
}

/** Why a program cannot be used, with the place in its source where one is known. */
const failedFrame = z.object({
  message: z.string(),
  remedy: z.string().optional(),
  problem: z.string().optional(),
  place: z.object({ file: z.string(), line: z.int(), column: z.int(), excerpt: z.string() }).optional(),
});
const TEXT_MAX_CHARS = 4000;

function refusal(payload: Buffer): FieldworkError {
  const { message, remedy, problem, place } = failedFrame.parse(JSON.parse(payload.toString()));
  const text = message.slice(0, TEXT_MAX_CHARS);
  const told = place && {
    message: (problem ?? message).slice(0, TEXT_MAX_CHARS),
    remedy: remedy ?? null,
    file: place.file.slice(0, 512),
    line: place.line,
    column: place.column,
    excerpt: place.excerpt.slice(0, TEXT_MAX_CHARS),
  };
  return new FieldworkError("module_invalid", text, {
    ...(remedy ? { remedy } : {}),
    details: { problems: text.split("\n"), ...(told ? { diagnostics: [told] } : {}) },
  });
}

interface Asked {
  resolve(payload: Buffer): void;
  reject(error: Error): void;
}

export function startProcess(options: {
  readonly memoryMb: number;
  /** Shared by all processes. */
  readonly turns: Turns;
}): Promise<SandboxProcess> {
  const child = spawn(
    process.execPath,
    [
      "--permission",
      `--allow-fs-read=${SANDBOX}`,
      `--allow-fs-read=${ROOT}package.json`,
      "--disallow-code-generation-from-strings",
      "--no-warnings",
      "--max-semi-space-size=4",
      "--expose-gc",
      `--stack-size=${STACK_KIB}`,
      `--wasm-stack-switching-stack-size=${STACK_KIB}`,
      MAIN,
      String(options.memoryMb),
    ],
    {
      stdio: ["ignore", "ignore", "pipe", "pipe"],
      env: { MALLOC_ARENA_MAX: "1" },
      cwd: SANDBOX,
      windowsHide: true,
    },
  );
  return connect(child, options.turns);
}

function connect(child: ChildProcess, turns: Turns): Promise<SandboxProcess> {
  const pid = child.pid ?? 0;
  const socket = child.stdio[3] as Socket;
  const running = new Map<number, Running>();
  const asked = new Map<number, Asked>();
  let nextId = 1;
  /** Once it was asked: has it had the time to answer? */
  let isStuck: (() => boolean) | undefined;
  let watch: NodeJS.Timeout | undefined;
  let errors = "";
  let gone: FieldworkError | undefined;
  const ready = Promise.withResolvers<void>();
  const exit = Promise.withResolvers<void>();

  child.stderr?.on("data", (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4000);
  });
  const end = (why: string) => {
    if (gone) return;
    gone = new FieldworkError(
      "unavailable",
      `The sandbox process ${pid} ended (${why}); what ran in it was lost.`,
      {
        remedy: "Call again: a new process is started by itself.",
        ...(errors ? { details: { log: errors } } : {}),
      },
    );
    clearInterval(watch);
    socket.destroy();
    ready.reject(gone);
    for (const one of running.values()) one.reject(gone);
    for (const one of asked.values()) one.reject(gone);
    running.clear();
    asked.clear();
    exit.resolve();
  };
  child.once("exit", (code, signal) => end(signal ?? `code ${code}`));
  child.once("error", (error) => end(error.message));
  socket.on("error", () => child.kill("SIGKILL"));

  const onCall = (id: number, payload: Buffer) => {
    const invocation = payload.length >= 4 ? payload.readUInt32LE(0) : 0;
    const one = running.get(invocation);
    if (!one) return;
    if (payload.length > CALL_MAX_BYTES) {
      const message = `The request is larger than ${CALL_MAX_BYTES} bytes.`;
      wire.send(
        invocation,
        FRAME.reply,
        id,
        Buffer.from(
          JSON.stringify({ ok: false, error: { code: "too_large", message, remedy: "Send less." } }),
        ),
      );
      return;
    }
    turns.add(
      one.module,
      () =>
        void one.port
          .onCall(payload.subarray(4))
          .then((reply) => wire.send(invocation, FRAME.reply, id, reply)),
    );
  };

  const wire: Wire & { receive(chunk: Buffer): void } = createWire(socket, {
    maxFrameBytes: FRAME_MAX_BYTES,
    onError: () => child.kill("SIGKILL"),
    onFrame(type, id, payload) {
      isStuck = undefined;
      switch (type) {
        case FRAME.call:
          return onCall(id, payload);
        case FRAME.done: {
          const one = running.get(id);
          running.delete(id);
          const length = payload.readUInt32LE(0);
          one?.resolve({
            head: JSON.parse(payload.toString("utf8", 4, 4 + length)) as DoneHead,
            reply: payload.toString("utf8", 4 + length),
          });
          return;
        }
        case FRAME.dropped: {
          const one = running.get(id);
          running.delete(id);
          one?.resolve(undefined);
          return;
        }
        case FRAME.log:
          running.get(id)?.port.onLog(payload.toString());
          return;
        case FRAME.prepared:
        case FRAME.stats: {
          const question = asked.get(id);
          asked.delete(id);
          question?.resolve(payload);
          return;
        }
        case FRAME.failed: {
          const question = asked.get(id);
          asked.delete(id);
          question?.reject(refusal(payload));
          return;
        }
        case FRAME.ready:
          ready.resolve();
          return;
      }
    },
  });
  socket.on("data", wire.receive);

  /** While guests run, the process must answer, and end those that it is told to: one that does not is killed, and its guests fail with it. */
  const supervise = () => {
    if (watch) return;
    let ticked = performance.now();
    watch = setInterval(() => {
      // Answers may lie unread while this thread itself was held up: then nobody can be called stuck.
      const heldUp = performance.now() - ticked > 2 * PING_MS;
      ticked = performance.now();
      if (heldUp) isStuck = undefined;
      if (running.size === 0 && asked.size === 0) {
        clearInterval(watch);
        watch = undefined;
        isStuck = undefined;
        return;
      }
      const stopsNot = !heldUp && running.values().some(({ graceOver }) => graceOver?.());
      if (stopsNot || isStuck?.()) child.kill("SIGKILL");
      isStuck ??= startPatience(pid, STUCK_MS);
      wire.send(CONTROL, FRAME.stats, 0);
    }, PING_MS);
    watch.unref();
  };

  const request = (type: number, ...payload: readonly Uint8Array[]): Promise<Buffer> => {
    if (gone) return Promise.reject(gone);
    const id = nextId++ >>> 0;
    return new Promise((resolve, reject) => {
      asked.set(id, { resolve, reject });
      wire.send(CONTROL, type, id, ...payload);
      supervise();
    });
  };

  const sandbox: SandboxProcess = {
    pid,
    programs: new Map(),
    running: () => running.size,
    request,
    invoke(head, port) {
      const id = nextId++ >>> 0;
      const ended = Promise.withResolvers<Ended | undefined>();
      if (gone) ended.reject(gone);
      else {
        running.set(id, {
          module: head.module,
          port,
          resolve: ended.resolve,
          reject: ended.reject,
          graceOver: undefined,
        });
        wire.send(id, FRAME.invoke, id, Buffer.from(JSON.stringify(head)));
        supervise();
      }
      return {
        ended: ended.promise,
        stop(reason) {
          const one = running.get(id);
          if (!one) return;
          wire.send(id, FRAME.cancel, id, Buffer.from(JSON.stringify(reason)));
          one.graceOver ??= startPatience(pid, CANCEL_GRACE_MS);
        },
      };
    },
    stats: async () => JSON.parse((await request(FRAME.stats)).toString()) as StatsFrame,
    kill: () => child.kill("SIGKILL"),
    exited: exit.promise,
  };
  return ready.promise.then(() => sandbox);
}
