import { pointerSize } from "./abi.ts";
import { errno } from "./errno.ts";
import { WasiExit } from "./exit.ts";
import type { Host, WasiFunctions } from "./host.ts";

const randomChunkBytes = 64 * 1024;

/**
 * Arguments, environment, exit and randomness. `sched_yield` has nothing to do: fuel slices the guest.
 *
 * @throws TypeError from the start if an argument or variable cannot be passed: a NUL in it, `=` in a variable's name.
 */
export function processFunctions(
  { memory, limits }: Host,
  options: {
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    random(buffer: Uint8Array): void;
  },
): WasiFunctions {
  const args = options.args.map((argument) => encode("argument", argument));
  const environ = Object.entries(options.env).map(([name, value]) => {
    if (name === "" || name.includes("="))
      throw new TypeError(`not the name of a variable: ${JSON.stringify(name)}`);
    return encode("environment variable", `${name}=${value}`);
  });

  function writeSizes(strings: readonly Uint8Array[], countResult: number, bytesResult: number): 0 {
    memory.check(bytesResult, 4);
    memory.writeU32(countResult, strings.length);
    memory.writeU32(bytesResult, totalBytes(strings));
    return errno.success;
  }

  function writeStrings(strings: readonly Uint8Array[], pointers: number, buffer: number): 0 {
    memory.check(pointers, strings.length * pointerSize);
    memory.check(buffer, totalBytes(strings));
    let address = buffer;
    for (const [index, string] of strings.entries()) {
      memory.writeU32(pointers + index * pointerSize, address);
      memory.write(address, string);
      address += string.byteLength;
    }
    return errno.success;
  }

  return {
    immediate: {
      args_sizes_get: (count: number, bytes: number) => writeSizes(args, count, bytes),
      args_get: (pointers: number, buffer: number) => writeStrings(args, pointers, buffer),
      environ_sizes_get: (count: number, bytes: number) => writeSizes(environ, count, bytes),
      environ_get: (pointers: number, buffer: number) => writeStrings(environ, pointers, buffer),

      proc_exit(code: number) {
        throw new WasiExit(code);
      },
      proc_raise: () => errno.notImplemented,
      sched_yield: () => errno.success,

      random_get(address: number, length: number) {
        memory.check(address, length);
        if (length > limits.randomBytes) return errno.invalid;
        const chunk = new Uint8Array(Math.min(length, randomChunkBytes));
        for (let done = 0; done < length; done += randomChunkBytes) {
          const part = chunk.subarray(0, length - done);
          options.random(part);
          memory.write(address + done, part);
        }
        return errno.success;
      },
    },
  };
}

function encode(what: string, text: string): Uint8Array {
  if (text.includes("\0")) throw new TypeError(`NUL in an ${what}: ${JSON.stringify(text)}`);
  return Buffer.from(`${text}\0`);
}

function totalBytes(strings: readonly Uint8Array[]): number {
  return strings.reduce((sum, string) => sum + string.byteLength, 0);
}
