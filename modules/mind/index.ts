/**
 * The mind: memories and their recall, lessons, doctrine, facts, diary, to-do list, dreams, and the context of a turn. All it keeps lies
 * in the agent's own `state.db`.
 * @module
 */
import { defineModule } from "#contract";
import { agentProviders } from "./agent.ts";
import { doctrineOf } from "./doctrine/doctrine.ts";
import { dreamSettings } from "./dream/idle.ts";
import { correctionOf } from "./lessons/correction.ts";
import { ownerProviders } from "./owner/index.ts";
import { embedding, idleDreams, recall } from "./parts.ts";
import { prepareProviders, prepareSettings } from "./prepare/index.ts";
import { stateMigrations } from "./tables.ts";

export default defineModule({
  id: "mind",
  summary: "What agents remember, learn and hold to, and what a turn is prepared from.",
  provides: [...agentProviders, ...ownerProviders, ...prepareProviders({ doctrineOf, correctionOf })],
  settings: [...dreamSettings, ...prepareSettings],
  stateMigrations,
  start(host) {
    const stops = [idleDreams.start(host), embedding.start(host)];
    return async () => {
      for (const stop of stops) stop();
      await recall.close();
    };
  },
});
