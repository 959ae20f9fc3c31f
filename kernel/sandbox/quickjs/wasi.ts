import type { Pointer } from "./abi.ts";
import type { JsHost } from "./host.ts";

const ERRNO = { success: 0, badf: 8, inval: 28 } as const;
const CLOCK = { realtime: 0, monotonic: 1 } as const;

/** The six functions of WASI preview 1 that the engine imports; its own messages become log lines. */
export function engineWasi(memory: () => WebAssembly.Memory, host: JsHost, log: (line: string) => void) {
  const view = () => new DataView(memory().buffer);
  return {
    clock_time_get(clock: number, _precision: bigint, result: Pointer): number {
      if (clock !== CLOCK.realtime && clock !== CLOCK.monotonic) return ERRNO.inval;
      const nanoseconds =
        clock === CLOCK.monotonic ? host.monotonic() : BigInt(Math.floor(host.now() * 1000)) * 1000n;
      view().setBigUint64(result >>> 0, nanoseconds, true);
      return ERRNO.success;
    },
    random_get(buffer: Pointer, length: number): number {
      host.random(new Uint8Array(memory().buffer, buffer >>> 0, length >>> 0));
      return ERRNO.success;
    },
    fd_write(fd: number, vectors: Pointer, count: number, writtenAt: Pointer): number {
      if (fd !== 1 && fd !== 2) return ERRNO.badf;
      let written = 0;
      for (let index = 0; index < count; index++) {
        const at = view().getUint32((vectors >>> 0) + 8 * index, true);
        const length = view().getUint32((vectors >>> 0) + 8 * index + 4, true);
        log(new TextDecoder().decode(new Uint8Array(memory().buffer, at, length)).trimEnd());
        written += length;
      }
      view().setUint32(writtenAt >>> 0, written, true);
      return ERRNO.success;
    },
    fd_close: () => ERRNO.badf,
    fd_fdstat_get: () => ERRNO.badf,
    fd_seek: () => ERRNO.badf,
  };
}
