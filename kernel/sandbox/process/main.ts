/**
 * A sandbox process: runs guests for the kernel, and has no file system, network, children or workers of its own.
 * It reads frames from one inherited pipe and answers on it.
 */
import { Socket } from "node:net";
import { type Engine, type JsProgram, ProgramError } from "../quickjs/index.ts";
import {
  CONTROL,
  createWire,
  type DoneHead,
  FRAME,
  type InvokeHead,
  type InvokeLimits,
  type Outcome,
  type StatsFrame,
  WIRE_FD,
} from "../wire/index.ts";
import { type ProgramRequest, prepareScript, prepareWasm, type WasmRequest } from "./forge.ts";
import { createInvocation, type Invocation, outcomeOf } from "./invocation.ts";
import { GuestError, runScript, takeSnapshot } from "./js-guest.ts";
import { createMemoryPool } from "./memory-pool.ts";
import { createPrograms, type Program } from "./programs.ts";
import { createReclaimer } from "./reclaim.ts";
import { createScheduler } from "./scheduler.ts";
import { type CompiledModule, runWasm } from "./wasm-guest.ts";

const FRAME_MAX_BYTES = 256 * 1024 * 1024;
const MEMORY_POOL_BYTES = Number(process.argv[2] ?? 2048) * 1024 * 1024;
/** What V8's stacks hold with the sizes that the kernel starts this process with. */
const ENGINE_STACK_BYTES = 224 * 1024;
const PROGRAM_CACHE_BYTES = 256 * 1024 * 1024;
const LOAD_LIMITS: InvokeLimits = {
  memoryBytes: 0,
  timeoutMs: 0,
  fuel: 4_000_000_000,
  calls: 0,
  outputBytes: 0,
  logBytes: 16_384,
};

const encoder = new TextEncoder();
const json = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));

const scheduler = createScheduler();
const memoryPool = createMemoryPool(MEMORY_POOL_BYTES);
const programs = createPrograms(PROGRAM_CACHE_BYTES);
const running = new Map<number, Invocation>();
const asked = new Map<number, (reply: string) => void>();
const reclaim = createReclaimer({
  busy: () => running.size > 0,
  collect: globalThis.gc ?? (() => {}),
  residentBytes: process.memoryUsage.rss,
});
let engine: Engine | undefined;
let nextCall = 1;

const chunk = Buffer.allocUnsafeSlow(65_536);
const socket = new Socket({
  fd: WIRE_FD,
  readable: true,
  writable: true,
  onread: {
    buffer: chunk,
    callback(bytes: number) {
      wire.receive(chunk.subarray(0, bytes));
      return true;
    },
  },
} as ConstructorParameters<typeof Socket>[0]);
socket.on("error", () => process.exit(1));
socket.on("close", () => process.exit(0));

const wire = createWire(socket, {
  maxFrameBytes: FRAME_MAX_BYTES,
  onError: (problem) => {
    throw problem;
  },
  onFrame(type, id, payload) {
    switch (type) {
      case FRAME.reply: {
        const settle = asked.get(id);
        asked.delete(id);
        settle?.(payload.toString());
        return;
      }
      case FRAME.invoke:
        void invoke(id, JSON.parse(payload.toString()) as InvokeHead);
        return;
      case FRAME.cancel:
        running.get(id)?.stop(JSON.parse(payload.toString()));
        return;
      case FRAME.engine:
        void answering(id, () => loadEngine(payload));
        return;
      case FRAME.load:
        void answering(id, () => load(payload));
        return;
      case FRAME.unload:
        programs.drop(payload.toString());
        wire.send(CONTROL, FRAME.prepared, id);
        return;
      case FRAME.prepareWasm:
        void answering(id, async () => forgeWasm(payload));
        return;
      case FRAME.prepareProgram:
        void answering(id, async () => [
          json(prepareScript(JSON.parse(payload.toString()) as ProgramRequest)),
        ]);
        return;
      case FRAME.stats:
        wire.send(CONTROL, FRAME.stats, id, json(stats()));
        return;
    }
  },
});

async function answering(id: number, work: () => Promise<readonly Uint8Array[]>): Promise<void> {
  try {
    wire.send(CONTROL, FRAME.prepared, id, ...(await work()));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const more =
      error instanceof ProgramError
        ? { remedy: error.remedy, problem: error.problem, place: error.place }
        : {};
    wire.send(CONTROL, FRAME.failed, id, json({ message, ...more }));
  }
}

/** `u32 length, JSON {fuelExport, yieldImport, …}, bytes`. */
function headed<T>(payload: Buffer): { head: T; body: Buffer } {
  const length = payload.readUInt32LE(0);
  return {
    head: JSON.parse(payload.toString("utf8", 4, 4 + length)) as T,
    body: payload.subarray(4 + length),
  };
}

function withHead(head: unknown, body: Uint8Array): readonly Uint8Array[] {
  const text = json(head);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.byteLength);
  return [length, text, body];
}

async function loadEngine(payload: Buffer): Promise<readonly Uint8Array[]> {
  const { head, body } = headed<Omit<CompiledModule, "module">>(payload);
  engine = {
    ...head,
    module: await WebAssembly.compile(body as Uint8Array<ArrayBuffer>),
    stackBytes: ENGINE_STACK_BYTES,
  };
  return [];
}

async function load(payload: Buffer): Promise<readonly Uint8Array[]> {
  const { head, body } = headed<{ key: string; kind: "wasm" | "js" } & Omit<CompiledModule, "module">>(
    payload,
  );
  const program = head.kind === "wasm" ? await compile(head, body) : await snapshot(head.key, body);
  return [json({ dropped: programs.put(head.key, program) })];
}

async function compile(head: Omit<CompiledModule, "module">, body: Buffer): Promise<Program> {
  const module = await WebAssembly.compile(body as Uint8Array<ArrayBuffer>);
  const { fuelExport, yieldImport } = head;
  return { kind: "wasm", bytes: body.byteLength * 4, compiled: { module, fuelExport, yieldImport } };
}

async function snapshot(key: string, body: Buffer): Promise<Program> {
  if (!engine) throw new Error("the JavaScript engine is not loaded");
  const program = JSON.parse(body.toString()) as JsProgram;
  const head: InvokeHead = {
    program: key,
    kind: "js",
    module: key,
    function: "load",
    args: "{}",
    env: {},
    limits: LOAD_LIMITS,
    preopens: [],
  };
  const refused =
    '{"ok":false,"error":{"code":"conflict","message":"The top level of a module cannot call the counter.","remedy":"Call it in a handler or in onLoad."}}';
  const invocation = createInvocation(
    head,
    scheduler,
    memoryPool,
    async () => refused,
    () => {},
  );
  const taken = await takeSnapshot(engine, program, invocation).finally(invocation.allowance.release);
  return { kind: "js", bytes: taken.bytes, engine, snapshot: taken };
}

async function forgeWasm(payload: Buffer): Promise<readonly Uint8Array[]> {
  const { head, body } = headed<WasmRequest>(payload);
  const { bytes, fuelExport, yieldImport } = prepareWasm(new Uint8Array(body), head);
  return withHead({ fuelExport, yieldImport }, bytes);
}

async function invoke(id: number, head: InvokeHead): Promise<void> {
  // Taken now: it may be dropped while the call waits for its turn, and the call goes on with what it began with.
  const program = programs.get(head.program);
  if (!program) {
    wire.send(id, FRAME.dropped, id);
    return;
  }
  const forward = (request: string) =>
    new Promise<string>((resolve) => {
      const call = nextCall++ >>> 0;
      asked.set(call, resolve);
      const invocationId = Buffer.allocUnsafe(4);
      invocationId.writeUInt32LE(id);
      wire.send(id, FRAME.call, call, invocationId, encoder.encode(request));
    });
  const invocation = createInvocation(head, scheduler, memoryPool, forward, (line) =>
    wire.send(id, FRAME.log, id, encoder.encode(line)),
  );
  running.set(id, invocation);
  reclaim();
  let reply = "";
  let outcome: Outcome;
  try {
    await invocation.allowance.begin();
    invocation.check();
    if (program.kind === "wasm") {
      const ended = await runWasm(program.compiled, head, invocation);
      reply = ended.reply;
      invocation.log.end();
      outcome = { state: "replied", exit: ended.exit };
      if (ended.exit !== 0)
        outcome = outcomeOf(new Error(`it ended with exit code ${ended.exit}`), invocation);
    } else {
      reply = await runScript(program.engine, program.snapshot, head, invocation);
      outcome = { state: "replied", exit: 0 };
    }
    const stop = invocation.allowance.stopped();
    if (stop) outcome = { state: "failed", code: stop.code, message: stop.message };
  } catch (error) {
    invocation.log.end();
    outcome =
      error instanceof GuestError && !invocation.allowance.stopped()
        ? ofGuest(error, invocation)
        : outcomeOf(error, invocation);
  }
  running.delete(id);
  const done: DoneHead = { outcome, usage: invocation.usage() };
  invocation.allowance.release();
  reclaim();
  wire.send(id, FRAME.done, id, ...withHead(done, encoder.encode(outcome.state === "replied" ? reply : "")));
}

function ofGuest(error: GuestError, invocation: Invocation): Outcome {
  const code = error.code === "unavailable" ? "cancelled" : error.code;
  return { state: "failed", code, message: error.message, details: invocation.log.tail() };
}

function stats(): StatsFrame {
  return {
    rssBytes: process.memoryUsage.rss(),
    instances: running.size,
    instanceBytes: memoryPool.used(),
    programs: programs.count(),
    programBytes: programs.bytes(),
  };
}

for (const scope of ["fs.read", "fs.write", "net", "child", "worker"]) {
  (process as unknown as { permission?: { drop?(scope: string): void } }).permission?.drop?.(scope);
}
wire.send(CONTROL, FRAME.ready, 0);
