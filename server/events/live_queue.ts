import type { LiveEvent } from "#contract";
import { liveFrame, lostFrame } from "./frame.ts";

/** Live events on their way to one client, each after the journal's events that came before it. */
export interface LiveQueue {
  /** @param after  the last sequence number given out when it happened */
  add(event: LiveEvent, after: number): void;
  /** Frames of those that happened before the event with this sequence number; all without one. Empty where there are none. */
  take(before?: number): string;
  /** The sequence number that must have been sent before everything here may be. */
  readonly after: number;
  readonly empty: boolean;
}

export function createLiveQueue(max_chars: number): LiveQueue {
  let waiting: { readonly frame: string; readonly after: number }[] = [];
  let chars = 0;
  let lost = 0;
  return {
    add(event, after) {
      const frame = liveFrame(event);
      if (chars + frame.length > max_chars) {
        lost += waiting.length + 1;
        waiting = [];
        chars = 0;
        return;
      }
      waiting.push({ frame, after });
      chars += frame.length;
    },
    take(before = Number.POSITIVE_INFINITY) {
      const at = waiting.findIndex(({ after }) => after >= before);
      const taken = at < 0 ? waiting : waiting.slice(0, at);
      if (taken.length === 0 && (lost === 0 || before !== Number.POSITIVE_INFINITY)) return "";
      const text = (lost > 0 ? lostFrame(lost) : "") + taken.map(({ frame }) => frame).join("");
      lost = 0;
      waiting = at < 0 ? [] : waiting.slice(at);
      chars = waiting.reduce((sum, { frame }) => sum + frame.length, 0);
      return text;
    },
    get after() {
      return waiting.at(-1)?.after ?? 0;
    },
    get empty() {
      return waiting.length === 0 && lost === 0;
    },
  };
}
