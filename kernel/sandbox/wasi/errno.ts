/**
 * Error numbers of `wasi_snapshot_preview1` (`$errno` in the witx, u16; the value is the position in the enum). Only those
 * that this host answers with.
 */
export const errno = {
  success: 0,
  access: 2,
  badFileDescriptor: 8,
  busy: 16,
  exists: 20,
  fault: 21,
  fileTooLarge: 22,
  illegalByteSequence: 25,
  invalid: 28,
  io: 29,
  isDirectory: 31,
  tooManyOpenFiles: 33,
  nameTooLong: 37,
  notFound: 44,
  outOfMemory: 48,
  noSpace: 51,
  notImplemented: 52,
  notDirectory: 54,
  notEmpty: 55,
  notSocket: 57,
  notSupported: 58,
  overflow: 61,
  notSeekable: 70,
  crossDevice: 75,
  notCapable: 76,
} as const;

export type Errno = (typeof errno)[keyof typeof errno];

/** Ends a call of the guest with an error number; never leaves this folder. */
export class ErrnoError extends Error {
  readonly errno: Errno;

  constructor(number: Errno) {
    super(`errno ${number}`);
    this.name = "ErrnoError";
    this.errno = number;
  }
}

export function fail(number: Errno): never {
  throw new ErrnoError(number);
}
