import type { Host } from "#contract";
import { createLedger, type Ledger } from "./budget/ledger.ts";
import { type ClientKeys, createClientKeys } from "./client/keys.ts";
import { migrations } from "./database.ts";
import { createFailing, type Failing } from "./failure/failing.ts";
import { detectServers, type Servers } from "./model/detect.ts";
import type { Model } from "./model/model.ts";
import { createModelTable, type ModelTable } from "./model/table.ts";
import { createProviders, type Providers } from "./provider.ts";
import { createRunning, type Running } from "./running.ts";
import { createTransport, type Transport } from "./transport/send.ts";

/** All that the gateway works with. */
export interface Gateway {
  readonly host: Host;
  readonly table: ModelTable;
  readonly ledger: Ledger;
  readonly keys: ClientKeys;
  readonly running: Running;
  readonly failing: Failing;
  readonly transport: Transport;
  readonly providers: Providers;
  /** Gives 0 ≤ x < 1; for the jitter. */
  readonly random: () => number;
  /** Looks for model servers on this machine and keeps what they serve. */
  detect(): Promise<Model[]>;
  durable(): Promise<void>;
  close(): Promise<void>;
}

export function createGateway(host: Host, random: () => number = Math.random): Gateway {
  const db = host.openDatabase("gateway.db", migrations);
  const table = createModelTable(db, host.now);
  const ledger = createLedger(db, host.now);
  const running = createRunning();
  const transport = createTransport();
  const detected = () => table.all().filter((model) => model.detected);
  const left = ledger.recover();
  if (left > 0) host.log.warn(`${left} completions were cut off; what was reserved for them counts as used`);
  return {
    host,
    table,
    ledger,
    running,
    transport,
    random,
    failing: createFailing(host.now),
    keys: createClientKeys(db, host.now),
    providers: createProviders(host, transport, detected),
    async detect() {
      const found = await detectServers(host.setting("gateway.detect_ports") as Servers, transport);
      table.transaction(() => {
        const served = new Set(found.flatMap(({ models = [] }) => models.map(({ name }) => name)));
        // What is used stays, should its server only be off for a while.
        for (const { name } of detected()) if (!served.has(name) && !table.inUse(name)) table.remove(name);
        for (const { models = [] } of found)
          for (const model of models) if (table.get(model.name)?.detected !== false) table.put(model);
      });
      await db.durable();
      return detected();
    },
    durable: () => db.durable(),
    async close() {
      await running.close();
      transport.close();
    },
  };
}
