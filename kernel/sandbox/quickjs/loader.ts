import type { Pointer } from "./abi.ts";
import { ProgramError, placeAt } from "./errors.ts";
import type { Machine } from "./machine.ts";
import { offsetOfImport, RUNTIME_PREFIX, resolveImport } from "./modules.ts";

/** The engine's questions about modules: `env.host_module_normalize` and `env.host_module_load`. */
export interface Loader {
  normalize(importer: Pointer, specifier: Pointer): Pointer;
  load(name: Pointer, lengthOut: Pointer): Pointer;
  /** The first import that could not be resolved; the engine itself reports it without its place. */
  readonly failure: ProgramError | undefined;
}

/** The name of the module that ties the agent's entry to the SDK's dispatcher. */
export const BOOT_MODULE = `${RUNTIME_PREFIX}boot.ts`;

/** Answers from the program's modules alone. */
export function createLoader(machine: () => Machine, modules: Readonly<Record<string, string>>): Loader {
  let failure: ProgramError | undefined;
  const decoder = new TextDecoder();
  const read = (address: Pointer): string => {
    const bytes = new Uint8Array(machine().memory.buffer);
    return decoder.decode(bytes.subarray(address, bytes.indexOf(0, address)));
  };
  const refuse = (error: ProgramError): Pointer => {
    failure ??= error;
    const m = machine();
    m.unyielding(() => {
      const thrown = m.exports.qjs_new_error();
      const name = m.placeText("message");
      const message = m.text(error.message);
      m.exports.qjs_set_prop_string(thrown, name.at, message);
      m.exports.qjs_free_value(message);
      m.exports.wasm_free(name.at);
      m.exports.qjs_throw(thrown);
      m.exports.qjs_free_value(thrown);
    });
    return 0;
  };
  return {
    get failure() {
      return failure;
    },
    normalize(importerAt, specifierAt) {
      const importer = read(importerAt >>> 0);
      const specifier = read(specifierAt >>> 0);
      // The boot module imports the entry, whose name is a module name already.
      if (importer === BOOT_MODULE && Object.hasOwn(modules, specifier)) {
        return machine().unyielding(() => machine().placeText(specifier).at);
      }
      const resolution = resolveImport(importer, specifier, modules);
      if ("found" in resolution) {
        return machine().unyielding(() => machine().placeText(resolution.found).at);
      }
      const source = modules[importer];
      return refuse(
        new ProgramError(
          resolution.problem,
          resolution.remedy,
          source === undefined ? undefined : placeAt(source, importer, offsetOfImport(source, specifier)),
        ),
      );
    },
    load(nameAt, lengthOut) {
      const name = read(nameAt >>> 0);
      const source = Object.hasOwn(modules, name) ? modules[name] : undefined;
      if (source === undefined) {
        return refuse(
          new ProgramError(`there is no module ${name}`, "Check the names of the agent's files."),
        );
      }
      return machine().unyielding(() => {
        const { at, length } = machine().placeText(source);
        new DataView(machine().memory.buffer).setUint32(lengthOut, length, true);
        return at;
      });
    },
  };
}
