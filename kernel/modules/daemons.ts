import type { ModuleInfo } from "#contract";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 300_000;
const HEALTHY_MS = 60_000;

/** Keeps modules running that expose `boot`: started once, started again with growing pauses when they end. */
export interface Daemons {
  start(id: string): void;
  stop(id: string): Promise<void>;
  info(id: string): ModuleInfo["daemon"];
  stopAll(): Promise<void>;
}

interface Daemon {
  state: "running" | "waiting" | "stopped";
  restarts: number;
  waitMs: number;
  nextStart: number | null;
  lastError: string | null;
  timer: NodeJS.Timeout | undefined;
  readonly abort: AbortController;
  run: Promise<void>;
}

export function createDaemons(
  boot: (id: string, signal: AbortSignal) => Promise<void>,
  now: () => number,
): Daemons {
  const daemons = new Map<string, Daemon>();

  const launch = (id: string, daemon: Daemon) => {
    daemon.state = "running";
    daemon.nextStart = null;
    const begun = performance.now();
    daemon.run = boot(id, daemon.abort.signal).then(
      () => again(id, daemon, begun, null),
      (error: unknown) => again(id, daemon, begun, error instanceof Error ? error.message : String(error)),
    );
  };
  const again = (id: string, daemon: Daemon, begun: number, error: string | null) => {
    daemon.lastError = error;
    if (daemon.abort.signal.aborted) {
      daemon.state = "stopped";
      return;
    }
    if (performance.now() - begun > HEALTHY_MS) daemon.waitMs = FIRST_WAIT_MS;
    daemon.state = "waiting";
    daemon.nextStart = now() + daemon.waitMs;
    daemon.timer = setTimeout(() => {
      daemon.restarts++;
      launch(id, daemon);
    }, daemon.waitMs).unref();
    daemon.waitMs = Math.min(daemon.waitMs * 2, LONGEST_WAIT_MS);
  };

  const stop = async (id: string) => {
    const daemon = daemons.get(id);
    if (!daemon) return;
    daemons.delete(id);
    clearTimeout(daemon.timer);
    daemon.abort.abort();
    await daemon.run;
  };

  return {
    start(id) {
      if (daemons.has(id)) return;
      const daemon: Daemon = {
        state: "stopped",
        restarts: 0,
        waitMs: FIRST_WAIT_MS,
        nextStart: null,
        lastError: null,
        timer: undefined,
        abort: new AbortController(),
        run: Promise.resolve(),
      };
      daemons.set(id, daemon);
      launch(id, daemon);
    },
    stop,
    info(id) {
      const daemon = daemons.get(id);
      if (!daemon) return null;
      return {
        state: daemon.state,
        restarts: daemon.restarts,
        next_start_at: daemon.nextStart === null ? null : new Date(daemon.nextStart).toISOString(),
        last_error: daemon.lastError,
      };
    },
    async stopAll() {
      await Promise.all([...daemons.keys()].map(stop));
    },
  };
}
