import type { Engine } from "./engine.ts";
import type { JsHost } from "./host.ts";
import { createLoader, type Loader } from "./loader.ts";
import { createMachine, type Machine } from "./machine.ts";
import { createNatives } from "./natives.ts";
import { createReactor, type Reactor } from "./reactor.ts";
import { createRejections } from "./rejections.ts";
import { engineWasi } from "./wasi.ts";

/** A fresh engine instance, wired to its host; no code has run in it yet. */
export interface Wired {
  readonly machine: Machine;
  readonly reactor: Reactor;
  readonly loader: Loader;
}

/** Instantiates synchronously: for a compiled module that is a fraction of a millisecond. */
export function instantiate(engine: Engine, modules: Readonly<Record<string, string>>, host: JsHost): Wired {
  let machine: Machine | undefined;
  const bound = (): Machine => {
    if (!machine) throw new Error("the engine called its host before it was instantiated");
    return machine;
  };
  const loader = createLoader(bound, modules);
  const rejections = createRejections(bound);
  const reactor = createReactor(bound, rejections, host);
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {
    env: {
      host_call: createNatives(bound, host, reactor.events),
      host_interrupt: () => 0,
      host_promise_rejection: rejections.track,
      host_module_normalize: loader.normalize,
      host_module_load: loader.load,
      // Guests live in UTC.
      host_get_timezone_offset: () => 0,
    },
    wasi_snapshot_preview1: engineWasi(() => bound().memory, host, reactor.events.log),
  };
  const { yieldImport } = engine;
  imports[yieldImport.module] = {
    ...imports[yieldImport.module],
    [yieldImport.name]: host.fuelYield as WebAssembly.ImportValue,
  };
  machine = createMachine(new WebAssembly.Instance(engine.module, imports), engine.fuelExport);
  host.bound?.(machine);
  return { machine, reactor, loader };
}
