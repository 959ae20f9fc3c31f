import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReclaimer } from "./reclaim.ts";

const MIB = 1024 * 1024;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("garbage is collected once it has grown by 256 MiB, and looked for only while something runs", () => {
  let resident = 100 * MIB;
  let running = true;
  let collected = 0;
  const reclaim = createReclaimer({
    busy: () => running,
    residentBytes: () => resident,
    collect() {
      collected++;
      resident = 120 * MIB;
    },
  });
  reclaim();
  resident = 355 * MIB;
  vi.advanceTimersByTime(1000);
  expect(collected).toBe(0);
  resident = 357 * MIB;
  vi.advanceTimersByTime(100);
  expect(collected).toBe(1);
  resident = 375 * MIB;
  vi.advanceTimersByTime(1000);
  expect(collected).toBe(1);
  // What was held by guests that ran on is garbage once they have ended.
  running = false;
  vi.advanceTimersByTime(1000);
  expect(collected).toBe(2);
  expect(vi.getTimerCount()).toBe(0);
});
