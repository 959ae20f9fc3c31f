import { setTimeout as sleep } from "node:timers/promises";
import type { Arena } from "./arena.ts";
import { ATTACK, type Attack } from "./attack.ts";

/** Attacks that end at once are not called as fast as they end: that would measure the calling. */
const PAUSE_MS = 500;

/** So many modules, each an attack of its own; the attacks come round again. */
export function crowdOf(attacks: readonly Attack[], count: number): Attack[] {
  return Array.from({ length: count }, (_, n) => {
    const attack = attacks[n % attacks.length] as Attack;
    return { ...attack, id: `hostile-${n}` };
  });
}

/** How often calls ended in which way. */
export type Tally = Readonly<Record<string, number>>;

/** Sets every attack off, and off again as soon as it has ended, until told to stop. */
export function keepAttacking(arena: Arena, attacks: readonly Attack[]): { stop(): Promise<Tally> } {
  const tally: Record<string, number> = {};
  let stopped = false;
  const running = attacks.map(async ({ id, args }) => {
    while (!stopped) {
      const reply = await arena.invoke(id, ATTACK, args);
      const ended = reply.ok ? "reply" : reply.error.code;
      tally[ended] = (tally[ended] ?? 0) + 1;
      await sleep(PAUSE_MS);
    }
  });
  return {
    async stop() {
      stopped = true;
      await Promise.all(running);
      return tally;
    },
  };
}

/** Calls one after the other: how long each took (ms), and the replies that were not the one that is right. */
export async function timeCalls(
  count: number,
  call: () => Promise<unknown>,
  right: (reply: unknown) => boolean,
): Promise<{ readonly times: readonly number[]; readonly wrong: readonly unknown[] }> {
  const times: number[] = [];
  const wrong: unknown[] = [];
  for (let n = 0; n < count; n++) {
    const begun = performance.now();
    const reply = await call();
    times.push(performance.now() - begun);
    if (!right(reply)) wrong.push(reply);
  }
  return { times, wrong };
}
