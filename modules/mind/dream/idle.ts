import { z } from "zod";
import { FieldworkError, type Host, type Setting } from "#contract";
import { nowOf } from "../memories/identity.ts";
import { dream } from "./dream.ts";

export const dreamSettings: readonly Setting[] = [
  {
    key: "mind.dream_idle_minutes",
    summary:
      "After so many minutes without a new memory an agent's memories are consolidated, without a model; 0: never.",
    schema: z.int().min(0).max(10_080),
    initial: 15,
  },
];

const LOOK_MS = 60_000;
const FRESH_LEAST = 20;

/** Lets agents dream when nothing new came for a while. Only those that were given memories since the start are looked at. */
export function createIdleDreams() {
  const active = new Map<string, { fresh: number; at: number }>();
  return {
    remembered(agent: string, now: number, count: number): void {
      const { fresh } = active.get(agent) ?? { fresh: 0 };
      active.set(agent, { fresh: fresh + count, at: now });
    },
    start(host: Host): () => void {
      const look = async () => {
        const minutes = Number(host.setting("mind.dream_idle_minutes"));
        if (minutes === 0) return;
        for (const [agent, { fresh, at }] of active) {
          if (nowOf(host) - at < minutes * 60_000) continue;
          active.delete(agent);
          if (fresh < FRESH_LEAST) continue;
          try {
            await dream(host.stateOf(agent), nowOf(host));
          } catch (error) {
            // Removed meanwhile, or the owner, who does not dream.
            if (error instanceof FieldworkError && error.code === "not_found") continue;
            host.log.warn(`the memories of ${agent} could not be consolidated: ${(error as Error).message}`);
          }
        }
      };
      const timer = setInterval(() => void look(), LOOK_MS).unref();
      return () => clearInterval(timer);
    },
  };
}
