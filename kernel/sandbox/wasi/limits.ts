/** Upper bounds on what one guest can ask for at once. Reaching one is an error number, never a crash. */
export interface WasiLimits {
  /** Descriptors open at a time, the three streams and the preopens included (EMFILE). */
  readonly openDescriptors: number;
  /** Bytes of a path, as given and as resolved (ENAMETOOLONG). */
  readonly pathBytes: number;
  /** Buffers of one scattered read or gathered write (EINVAL). */
  readonly ioVectors: number;
  /** Bytes of one read or write; a longer one is done in part, as POSIX allows. */
  readonly ioBytes: number;
  /** Entries of one directory (EOVERFLOW). */
  readonly directoryEntries: number;
  /** Directory entries held in snapshots by all open directories together (ENOMEM). */
  readonly heldDirectoryEntries: number;
  /** Subscriptions of one `poll_oneoff` (EINVAL). */
  readonly pollSubscriptions: number;
  /** Milliseconds asked from `sleep` at once; a longer wait is several sleeps. */
  readonly sleepMs: number;
  /** Bytes of one `random_get` (EINVAL). */
  readonly randomBytes: number;
}

export const defaultLimits: WasiLimits = {
  openDescriptors: 256,
  pathBytes: 4096,
  ioVectors: 1024,
  ioBytes: 8 * 1024 * 1024,
  directoryEntries: 10_000,
  heldDirectoryEntries: 100_000,
  pollSubscriptions: 1024,
  sleepMs: 60_000,
  randomBytes: 8 * 1024 * 1024,
};
