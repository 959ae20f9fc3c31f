const GARBAGE_MAX_BYTES = 256 * 1024 * 1024;
const LOOK_EVERY_MS = 100;

export interface ReclaimerOptions {
  /** Is any guest running? */
  busy(): boolean;
  collect(): void;
  residentBytes(): number;
}

/**
 * Gives the memory of ended guests, and the outgrown tables of running ones, back to the system. V8 does not feel the weight of
 * what an instance holds outside of its heap: without this a process would keep gigabytes until its own small heap happens to be collected.
 * @returns to be called whenever a guest begins or ends
 */
export function createReclaimer({ busy, collect, residentBytes }: ReclaimerOptions): () => void {
  /** What was held after the last collection: while guests run, and when none did. */
  const floors = { running: residentBytes(), idle: residentBytes() };
  let planned = false;

  const plan = () => {
    if (planned) return;
    planned = true;
    setTimeout(look, LOOK_EVERY_MS).unref();
  };
  const look = () => {
    planned = false;
    const state = busy() ? "running" : "idle";
    floors[state] = Math.min(floors[state], residentBytes());
    if (residentBytes() - floors[state] >= GARBAGE_MAX_BYTES) {
      collect();
      floors[state] = residentBytes();
    }
    if (busy()) plan();
  };
  return plan;
}
