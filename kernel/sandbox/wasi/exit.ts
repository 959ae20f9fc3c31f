/** Thrown through the guest's frames to end it: by `proc_exit`, or by an output callback that has had enough. */
export class WasiExit extends Error {
  /** The exit code, an unsigned 32-bit integer; 0 is success. */
  readonly code: number;

  constructor(code: number) {
    super(`guest exited with code ${code}`);
    this.name = "WasiExit";
    this.code = code;
  }
}
