/** Flags, tags and record layouts of `wasi_snapshot_preview1`, from its witx. Offsets and sizes in bytes, little-endian. */

export const fileType = { unknown: 0, directory: 3, regularFile: 4 } as const;

export const openFlag = { create: 1, directory: 2, exclusive: 4, truncate: 8 } as const;
export const openFlagsMask = 0xf;

export const descriptorFlag = { append: 1 } as const;
export const descriptorFlagsMask = 0x1f;

export const lookupFlagsMask = 0x1;

/** `$fstflags`: which times to set, and whether to a value or to now. */
export const timesFlag = { access: 1, accessNow: 2, modification: 4, modificationNow: 8 } as const;
export const timesFlagsMask = 0xf;

export const whence = { set: 0, current: 1, end: 2 } as const;
export const lastAdvice = 5;

export const clockId = { realtime: 0, monotonic: 1 } as const;
export const eventType = { clock: 0, fdRead: 1, fdWrite: 2 } as const;
export const absoluteTime = 1;
export const hangup = 1;

export const pointerSize = 4;
export const vector = { size: 8, pointer: 0, length: 4 } as const;
export const prestat = { size: 8, tag: 0, nameLength: 4 } as const;
export const fdstat = { size: 24, fileType: 0, flags: 2, base: 8, inheriting: 16 } as const;
export const filestat = {
  size: 64,
  device: 0,
  inode: 8,
  fileType: 16,
  links: 24,
  length: 32,
  accessTime: 40,
  modificationTime: 48,
  changeTime: 56,
} as const;
export const dirent = { size: 24, next: 0, inode: 8, nameLength: 16, fileType: 20 } as const;
export const subscription = {
  size: 48,
  userdata: 0,
  tag: 8,
  descriptor: 16,
  clock: 16,
  timeout: 24,
  flags: 40,
} as const;
export const event = { size: 32, userdata: 0, error: 8, type: 10, bytes: 16, flags: 24 } as const;
