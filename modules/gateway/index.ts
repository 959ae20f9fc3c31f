/**
 * The model gateway: `llm.*` and `model.*`. One pipeline for every provider: candidates, budget, retries, fallback, streaming.
 * @module
 */
import { ACTIONS, capability, defineModule, FieldworkError, type HealthProblem, provide } from "#contract";
import { catalogueProviders } from "./catalogue/owner.ts";
import { createClientKeys } from "./client/keys.ts";
import { complete } from "./complete.ts";
import { migrations } from "./database.ts";
import { embed } from "./embed.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { candidatesFor } from "./model/candidates.ts";
import { embedderOf } from "./model/embedder.ts";
import { BUILTIN } from "./model/model.ts";
import { ownerProviders } from "./model/owner.ts";
import { settings } from "./settings.ts";

const NO_MODEL: HealthProblem = {
  part: "models",
  what: "No model is connected; agents answer with what is built in.",
  remedy: "Connect one: of a provider with its key, or one that runs on this machine.",
  action: ACTIONS.connect_model(),
  level: "notice",
};

let gateway: Gateway | undefined;

const running = (): Gateway => {
  if (!gateway) throw new FieldworkError("unavailable", "The gateway is not running yet.");
  return gateway;
};

export default defineModule({
  id: "gateway",
  summary: "Asks models of any provider, within the budgets.",
  settings,
  provides: [
    provide(capability("llm.complete"), {
      run: (request, context) => complete(request, context, running()),
      // Asking again costs money but does no harm, and what a cut-off call had reserved counts as used.
      repeatable: () => true,
    }),
    provide(capability("llm.embed"), {
      run: (args, context) => embed(args, context, running()),
      repeatable: () => true,
    }),
    provide(capability("llm.embedder"), () => ({ model: embedderOf(running().table)?.name ?? null })),
    provide(capability("llm.stop"), ({ agent, stream_to }) => ({
      stopped: running().running.stop(agent, stream_to),
    })),
    provide(capability("llm.status"), ({ agent, model }) => {
      const { table, failing } = running();
      return {
        candidates: candidatesFor(model, agent, table).map(({ name, dialect, context_tokens }) => ({
          model: name,
          dialect,
          context_tokens,
          failing: failing.get(name) ?? null,
        })),
      };
    }),
    ...ownerProviders(running),
    ...catalogueProviders(running),
  ],
  about(module) {
    if (!gateway) return {};
    const own = gateway.table.chosen(module);
    const candidates = own.length > 0 ? own : gateway.table.chosen("");
    return {
      model: {
        candidates: candidates.length > 0 ? [...candidates] : [BUILTIN.name],
        own: own.length > 0,
      },
    };
  },
  copied: (from, to) => gateway?.table.choose(to, gateway.table.chosen(from)),
  removed: (module) => gateway?.table.choose(module, []),
  async restored(before, host) {
    const db = host.openDatabase("gateway.db", migrations);
    const still = before("gateway.db", "SELECT key_sha256 FROM clients");
    createClientKeys(db, host.now).keepOnly(still.map(({ key_sha256 }) => String(key_sha256)));
    await db.durable();
  },
  problems() {
    if (!gateway) return [];
    const { table, failing } = gateway;
    return table.choices().length === 0 ? [NO_MODEL] : failing.problems(table.inUse);
  },
  start(host) {
    const started = createGateway(host);
    gateway = started;
    // Nobody waits for this; what is not there is no news.
    started
      .detect()
      .catch((error: Error) => host.log.debug(`model servers were not looked for: ${error.message}`));
    return async () => {
      await started.close();
      if (gateway === started) gateway = undefined;
    };
  },
});
