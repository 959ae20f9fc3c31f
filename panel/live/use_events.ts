import { useEffect, useEffectEvent } from "react";
import { type Heard, onEvents, onGap } from "./events.ts";

/** Calls `hear` with every event while the component is there. */
export function useEvents(hear: (event: Heard) => void): void {
  const latest = useEffectEvent(hear);
  useEffect(() => onEvents((event) => latest(event)), []);
}

/** Calls `mend` after the connection was away. */
export function useGaps(mend: () => void): void {
  const latest = useEffectEvent(mend);
  useEffect(() => onGap(() => latest()), []);
}
