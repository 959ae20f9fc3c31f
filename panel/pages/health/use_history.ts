import { useEffect, useState } from "react";
import type { Health } from "#contract";
import { refresh } from "../../client/index.ts";

const LOOK_EVERY_MS = 3000;
const KEPT = 100;

export interface Sample {
  readonly loop_ms: number;
  readonly server_bytes: number;
  readonly sandbox_bytes: number;
}

/** The last figures, while somebody looks at them: the server measures itself only then. */
export function useHistory(health: Health | undefined): readonly Sample[] {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    const timer = setInterval(() => document.hidden || refresh("system.health"), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const [seen, setSeen] = useState<Health>();
  if (health && health !== seen) {
    setSeen(health);
    const sample = {
      loop_ms: health.event_loop_delay_ms.p99,
      server_bytes: health.memory.rss_bytes,
      sandbox_bytes: health.sandbox.processes.reduce((sum, one) => sum + one.rss_bytes, 0),
    };
    setSamples([...samples, sample].slice(-KEPT));
  }
  return samples;
}
