import type { Box, Pointer } from "./abi.ts";
import { NATIVE_GLOBAL, NATIVES, type NativeName } from "./guest/protocol.ts";
import type { JsHost } from "./host.ts";
import { LIMITS } from "./limits.ts";
import type { Machine } from "./machine.ts";
import { urlReply } from "./url.ts";

/** What the guest's events do on the host's side. A text result is an error for the guest to throw. */
export interface Events {
  request(id: number, json: string): string | undefined;
  settle(id: number, reply: string): void;
  log(line: string): void;
  sleep(id: number, milliseconds: number): string | undefined;
  cancel(id: number): void;
}

/** `env.host_call`: runs the host function whose wire number the first byte of the name is. */
export type HostCall = (
  name: Pointer,
  nameLength: number,
  receiver: Box,
  count: number,
  args: Pointer,
) => Box;

const encoder = new TextEncoder();

/** The host's functions for one guest. They run no guest code and cannot be suspended. */
export function createNatives(machine: () => Machine, host: JsHost, events: Events): HostCall {
  const randomness = new Uint8Array(1024);
  let spent = randomness.length;

  const random = (): number => {
    if (spent === randomness.length) {
      host.random(randomness);
      spent = 0;
    }
    const view = new DataView(randomness.buffer, spent, 8);
    spent += 8;
    return (view.getUint32(0) * 2 ** 21 + (view.getUint32(4) >>> 11)) / 2 ** 53;
  };

  const implement = (m: Machine, at: (index: number) => Box): Record<NativeName, () => Box> => {
    const { exports } = m;
    const text = (index: number) => {
      const value = m.read(at(index)) ?? "";
      m.charge(value.length);
      return value;
    };
    const number = (index: number) => exports.qjs_get_float64(at(index));
    const nothing = () => exports.qjs_get_undefined();
    const textOrNothing = (message: string | undefined) =>
      message === undefined ? nothing() : m.text(message);
    const bytes = (data: Uint8Array) => {
      const address = m.place(data);
      const box = exports.qjs_new_uint8_array(address, data.length);
      exports.wasm_free(address);
      return box;
    };
    return {
      request: () => textOrNothing(events.request(number(0), text(1))),
      settle() {
        events.settle(number(0), text(1));
        return nothing();
      },
      log() {
        events.log(text(0));
        return nothing();
      },
      sleep: () => textOrNothing(events.sleep(number(0), number(1))),
      cancel() {
        events.cancel(number(0));
        return nothing();
      },
      random: () => exports.qjs_new_number(random()),
      randomBytes() {
        const buffer = new Uint8Array(Math.min(number(0), LIMITS.random_bytes) >>> 0);
        host.random(buffer);
        m.charge(buffer.length);
        return bytes(buffer);
      },
      encode() {
        return bytes(encoder.encode(text(0)));
      },
      decode() {
        const source = readBytes(m, at(0));
        if (!source) return nothing();
        m.charge(source.length);
        const options = number(1);
        try {
          return m.text(
            new TextDecoder("utf-8", { fatal: (options & 1) !== 0, ignoreBOM: (options & 2) !== 0 }).decode(
              source,
            ),
          );
        } catch (error) {
          if (error instanceof TypeError) return nothing();
          throw error;
        }
      },
      url() {
        return textOrNothing(urlReply(text(0)));
      },
    };
  };

  let table: readonly (() => Box)[] | undefined;
  let argv = 0;
  return (name, _nameLength, _receiver, _count, args) => {
    const m = machine();
    argv = args;
    table ??= tableOf(
      implement(m, (index) => new DataView(m.memory.buffer).getUint32(argv + 4 * index, true)),
    );
    const native = table[new Uint8Array(m.memory.buffer)[name] ?? -1];
    if (!native) throw new Error("the engine called an unknown host function");
    return m.unyielding(native);
  };
}

function tableOf(natives: Record<NativeName, () => Box>): readonly (() => Box)[] {
  return NATIVES.map((name) => natives[name]);
}

/** A copy of a `Uint8Array`'s bytes; undefined when the value is none. */
function readBytes(machine: Machine, array: Box): Uint8Array<ArrayBuffer> | undefined {
  const { exports, memory } = machine;
  const out = machine.place(new Uint8Array(12));
  const buffer = exports.qjs_get_typed_array_buffer(array, out, out + 4, out + 8);
  const field = (offset: number) => new DataView(memory.buffer).getUint32(out + offset, true);
  const [offset, length] = [field(0), field(4)];
  const from = exports.qjs_is_exception(buffer) === 0 ? exports.qjs_get_array_buffer(buffer, out) >>> 0 : 0;
  const available = field(0);
  exports.qjs_free_value(buffer);
  exports.wasm_free(out);
  if (from === 0 || offset + length > available) {
    return length === 0 && from === 0 ? undefined : new Uint8Array(0);
  }
  return new Uint8Array(memory.buffer).slice(from + offset, from + offset + length);
}

/** Puts the host's functions into the guest's global object, where the glue finds and removes them. */
export function installNatives(machine: Machine): void {
  const { exports } = machine;
  machine.unyielding(() => {
    const holder = exports.qjs_new_object();
    const set = (object: Box, name: string, value: Box) => {
      const { at } = machine.placeText(name);
      exports.qjs_set_prop_string(object, at, value);
      exports.wasm_free(at);
      exports.qjs_free_value(value);
    };
    for (const [number, name] of NATIVES.entries()) {
      const wire = machine.place(Uint8Array.of(number));
      set(holder, name, exports.qjs_new_host_function(wire, 1, 0));
      exports.wasm_free(wire);
    }
    const global = exports.qjs_get_global();
    set(global, NATIVE_GLOBAL, holder);
    exports.qjs_free_value(global);
  });
}
