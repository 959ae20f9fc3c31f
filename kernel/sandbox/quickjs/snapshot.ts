import { type Box, EVAL_MODULE, PROMISE } from "./abi.ts";
import type { Engine } from "./engine.ts";
import { GuestError, outOfMemory, type Place, ProgramError, placeIn } from "./errors.ts";
import { ENTRY } from "./guest/protocol.ts";
import type { JsHost } from "./host.ts";
import { imageBytes, type MemoryImage, takeImage } from "./image.ts";
import { instantiate, type Wired } from "./instantiate.ts";
import { LIMITS } from "./limits.ts";
import { BOOT_MODULE } from "./loader.ts";
import { RUNTIME_PREFIX } from "./modules.ts";
import { installNatives } from "./natives.ts";
import type { JsProgram } from "./prepare.ts";
import { isOutOfMemory } from "./replies.ts";

/** An agent whose modules are loaded and evaluated, ready to be started any number of times. */
export interface Snapshot {
  /** What the image holds, bytes. */
  readonly bytes: number;
  readonly image: MemoryImage;
  readonly stackPointer: number;
  /** The glue's `enter` function. */
  readonly enter: Box;
  /** For imports that run later. */
  readonly modules: Readonly<Record<string, string>>;
}

const GLUE_MODULE = `${RUNTIME_PREFIX}guest/main.ts`;

/**
 * Loads the SDK and the agent, evaluates their top level and takes the image.
 * Throws ProgramError for what is wrong in the agent's code, GuestError when the engine had to stop it.
 */
export async function createSnapshot(engine: Engine, program: JsProgram, host: JsHost): Promise<Snapshot> {
  const entry = JSON.stringify(program.entry);
  const modules = {
    ...program.modules,
    // The SDK comes first: it takes its built-ins before the agent's code can replace them.
    [BOOT_MODULE]: `export { dispatch } from "./sdk/dispatch.ts"; import * as entry from ${entry}; export const definition = entry.default;`,
  };
  const wired = instantiate(engine, modules, host);
  const { machine, reactor } = wired;
  const { exports } = machine;
  try {
    const fresh = new Uint8Array(machine.memory.buffer).slice();
    machine.unyielding(() => {
      exports._initialize();
      if (exports.qjs_init() !== 0) throw outOfMemory();
      exports.qjs_set_max_stack_size(engine.stackBytes ?? LIMITS.stack_bytes);
      exports.qjs_set_module_loader(1);
      exports.qjs_set_promise_rejection_handler(1);
    });
    installNatives(machine);
    const glue = await evaluate(wired, modules, GLUE_MODULE);
    const enter = await reactor.exclusive(() => property(wired, glue, "enter"));
    reactor.attach(enter);
    const namespace = await evaluate(wired, modules, BOOT_MODULE, program.entry);
    const problem = await reactor.exclusive(async () => {
      const text = await reactor.enter(ENTRY.start, 0, namespace);
      await reactor.drain();
      machine.free(glue);
      machine.unyielding(() => exports.qjs_run_gc());
      return text;
    });
    if (problem !== undefined) {
      throw new ProgramError(`${program.entry} ${problem}`, "Write: export default agent({ … })");
    }
    const stackPointer = exports.__stack_pointer.value;
    const image = takeImage(new Uint8Array(machine.memory.buffer), fresh, stackPointer);
    return { bytes: imageBytes(image), image, stackPointer, enter, modules };
  } finally {
    reactor.close(new GuestError("unavailable", "The snapshot is taken.", "Start a guest from it."));
  }
}

async function property({ machine }: Wired, object: Box, name: string): Promise<Box> {
  const { at } = machine.unyielding(() => machine.placeText(name));
  const value = await machine.entries.property(object, at);
  machine.unyielding(() => machine.exports.wasm_free(at));
  return value;
}

/** Evaluates a module with all it imports, to the end of its top level: its namespace. */
async function evaluate(
  wired: Wired,
  modules: Readonly<Record<string, string>>,
  name: string,
  entry = name,
): Promise<Box> {
  const { machine, reactor } = wired;
  const { exports } = machine;
  const promise = await reactor.exclusive(async () => {
    const [source, filename] = machine.unyielding(() => [
      machine.placeText(modules[name] ?? ""),
      machine.placeText(name),
    ]);
    const result = await machine.entries.evaluate(source!.at, source!.length, filename!.at, EVAL_MODULE);
    machine.unyielding(() => {
      exports.wasm_free(source!.at);
      exports.wasm_free(filename!.at);
    });
    if (machine.unyielding(() => exports.qjs_is_exception(result)) !== 0) {
      throw await problemOf(
        wired,
        modules,
        machine.unyielding(() => exports.qjs_get_exception()),
      );
    }
    await reactor.drain();
    return result;
  });
  await reactor.until(() => machine.unyielding(() => exports.qjs_promise_state(promise)) !== PROMISE.pending);
  const [state, outcome] = machine.unyielding(() => {
    const now = exports.qjs_promise_state(promise);
    return [now, now === PROMISE.pending ? 0 : exports.qjs_promise_result(promise)];
  });
  if (state === PROMISE.pending) {
    throw new ProgramError(
      `${entry} never finishes loading: its top level awaits something that cannot happen`,
      "Do at the top level only what needs no waiting; use onLoad or boot for the rest.",
    );
  }
  if (state === PROMISE.rejected) {
    throw await reactor.exclusive(() => problemOf(wired, modules, outcome!));
  }
  machine.free(promise);
  if (reactor.waiting() > 0) {
    throw new ProgramError(
      `${entry} leaves a timer running at the top level`,
      "Start timers in boot, onLoad or a handler: a started agent is a copy of the loaded one.",
    );
  }
  return outcome!;
}

/** The error for what loading threw; frees the value. */
async function problemOf(
  { reactor, loader }: Wired,
  modules: Readonly<Record<string, string>>,
  thrown: Box,
): Promise<ProgramError | GuestError> {
  const { name, message, stack } = await reactor.describe(thrown);
  if (loader.failure?.message === message) return loader.failure;
  if (isOutOfMemory(name, message)) return outOfMemory();
  return new ProgramError(
    `${name}: ${message}`,
    name === "SyntaxError" ? "Correct the syntax." : "Correct what the top level of the module does.",
    placeInStack(stack, modules),
  );
}

/** The innermost place of a QuickJS stack trace (`at name (file:line:column)`) that is the agent's own. */
function placeInStack(stack: string, modules: Readonly<Record<string, string>>): Place | undefined {
  for (const frame of stack.split("\n")) {
    const match = /^\s*at (?:.*\()?([^()]+):(\d+):(\d+)\)?$/.exec(frame);
    const [file, line, column] = [match?.[1] ?? "", Number(match?.[2]), Number(match?.[3])];
    const source = Object.hasOwn(modules, file) ? modules[file] : undefined;
    if (source !== undefined && !file.startsWith(RUNTIME_PREFIX)) return placeIn(source, file, line, column);
  }
  return undefined;
}
