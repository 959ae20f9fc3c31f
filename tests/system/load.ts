/** Work that goes on while a system is killed, and what is known of it afterwards. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { addModule, type System } from "../support/system.ts";
import { exposes, source } from "./agents.ts";
import { writePack } from "./packs.ts";

/** Handles messages, each of which leaves a count of how often it was handled. */
const worker = source(
  {
    add: "const n = ((await host.store.kv.get(args.k)) ?? 0) + 1; await host.store.kv.set(args.k, n); return n;",
    later: "return (await host.schedule.after(args.ms, { function: 'fired', payload: { k: args.k } })).id;",
    fired:
      "const k = 'fired:' + args.payload.k; await host.store.kv.set(k, ((await host.store.kv.get(k)) ?? 0) + 1);",
  },
  `async onMessage(message, host) {
    const k = "handled:" + message.text;
    await host.store.kv.set(k, ((await host.store.kv.get(k)) ?? 0) + 1);
    return "handled " + message.text;
  },`,
);
/** Started once a start of the system; counts its starts. */
const daemon = source(
  {},
  `async boot(host) {
    await host.store.kv.set("boots", ((await host.store.kv.get("boots")) ?? 0) + 1);
    await new Promise(() => setInterval(() => {}, 1000));
  },`,
);
/** Says its version three times; whatever mixture of two versions there could be shows. */
const versioned = (version: string): Readonly<Record<string, string>> => ({
  "agent.ts": `import { first } from "./first.ts";\nimport { last } from "./last.ts";\n${source({
    version: `const n = ((await host.store.kv.get("asked")) ?? 0) + 1; await host.store.kv.set("asked", n); return [first, last, "${version}"];`,
  })}`,
  "first.ts": `export const first = "${version}";`,
  "last.ts": `export const last = "${version}";`,
  "prompt.md": version,
  "ballast.txt": version.repeat(200_000),
});

export const VERSIONS = ["1.0.0", "2.0.0"] as const;

/** Adds the modules that the load speaks to. Gives how long an upgrade took, in milliseconds. */
export async function addLoadModules(system: System): Promise<number> {
  await addModule(system, "worker", { "agent.ts": worker }, exposes("add", "later", "fired"));
  await addModule(system, "daemon", { "agent.ts": daemon }, exposes("boot"));
  mkdirSync(join(system.home, "packs"), { recursive: true });
  for (const version of VERSIONS)
    writePack(packOf(system.home, version), "versioned", versioned(version), {
      version,
      ...exposes("version"),
    });
  const install = (version: string) =>
    system.result("pack.install", { path: packOf(system.home, version), grants: "all" });
  await install("2.0.0");
  const begun = performance.now();
  await install("1.0.0");
  return performance.now() - begun;
}

const packOf = (home: string, version: string) => join(home, "packs", `${version}.fwagent.zip`);

/** What the clients know of what they asked for. */
export interface Known {
  /** Messages that were accepted: text → id. */
  readonly accepted: Map<string, string>;
  /** Every text that was sent, accepted or not. */
  readonly sent: Set<string>;
  /** Counters: how often the increment was answered, and how often nobody knows. */
  readonly counters: Map<string, { answered: number; open: number }>;
  /** Schedules that were accepted. */
  readonly scheduled: Set<string>;
  installs: number;
}

export const nothingKnown = (): Known => ({
  accepted: new Map(),
  sent: new Set(),
  counters: new Map(),
  scheduled: new Set(),
  installs: 0,
});

let serial = 0;

/** Keeps a system busy until it is stopped or the system dies. */
export function putUnderLoad(system: System, known: Known): { stop(): Promise<void> } {
  let stopped = false;
  const client = async (pauseMs: number, once: () => Promise<void>): Promise<void> => {
    while (!stopped) {
      try {
        await once();
      } catch (error) {
        // A connection that breaks is the death of the system; an error it answers is a defect here.
        if (!(error instanceof TypeError)) throw error;
        return;
      }
      await sleep(pauseMs);
    }
  };
  const send = async () => {
    const text = `m${serial++}`;
    known.sent.add(text);
    const { id } = await system.result<{ id: string }>("message.send", {
      to: "worker",
      text,
      session: `s${serial % 5}`,
    });
    known.accepted.set(text, id);
  };
  const count = async (k: string) => {
    const counter = known.counters.get(k) ?? { answered: 0, open: 0 };
    known.counters.set(k, counter);
    counter.open++;
    await system.result("module.invoke", { id: "worker", function: "add", args: { k } });
    counter.open--;
    counter.answered++;
  };
  const plan = async () => {
    const k = `t${serial++}`;
    await system.result("module.invoke", {
      id: "worker",
      function: "later",
      args: { k, ms: Math.floor(Math.random() * 400) },
    });
    known.scheduled.add(k);
  };
  const install = async () => {
    const version = VERSIONS[known.installs % 2 === 0 ? 1 : 0];
    await system.result("pack.install", { path: packOf(system.home, version), grants: "all" });
    known.installs++;
  };
  const clients = [
    ...[0, 1, 2].map(() => client(5, send)),
    ...["c0", "c1"].map((k) => client(2, () => count(k))),
    client(15, plan),
    client(20, install),
  ];
  return {
    async stop() {
      stopped = true;
      await Promise.all(clients);
    },
  };
}
