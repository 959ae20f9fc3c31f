import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { ErrorData, Health, JsonValue, Reply } from "#contract";
import {
  freshHome,
  type System,
  type SystemOptions,
  startSystem,
  until,
  writeModule,
} from "../support/system.ts";
import { ATTACK, type Attack, manifestOf } from "./attack.ts";
import { asking } from "./wat.ts";

/** The two neighbours: they must notice nothing. */
export const HEALTHY_SCRIPT = "healthy-script";
export const HEALTHY_WASM = "healthy-wasm";

const PING = { name: "ping", description: "adds one", input_schema: {} };
const SERVER_RSS_MAX = 1024 * 1024 * 1024;

/** A real server with healthy agents and hostile ones. */
export interface Arena {
  readonly system: System;
  invoke(id: string, fn?: string, args?: JsonValue): Promise<Reply<{ readonly reply: JsonValue }>>;
  /** What an attack was answered, where it ended with a reply. */
  reply<T = JsonValue>(id: string, args?: JsonValue): Promise<T>;
  /** The error it ended with. */
  error(id: string, args?: JsonValue): Promise<ErrorData>;
  /** Fails unless the server and the neighbours answer, and nothing was left behind. */
  contained(): Promise<void>;
  health(): Promise<Health>;
  end(): Promise<void>;
}

export interface ArenaOptions extends SystemOptions {
  /** Sandbox processes; as many as the machine has cores otherwise. */
  readonly processes?: number;
  /** MiB of all guests of a sandbox process together; the usual otherwise. */
  readonly memoryMb?: number;
}

/** Starts a server on a home that holds the neighbours and these attacks, approved with all that they ask for. */
export async function openArena(
  attacks: readonly Attack[],
  { processes, memoryMb, ...options }: ArenaOptions = {},
): Promise<Arena> {
  const home = freshHome();
  const settings = Object.entries({ "sandbox.processes": processes, "sandbox.memory_mb": memoryMb });
  const set = settings.filter(([, value]) => value !== undefined);
  if (set.length > 0) {
    const before = await startSystem({ home });
    for (const [key, value] of set) await before.result("setting.set", { key, value: value as number });
    await before.stop();
  }
  writeHealthy(home);
  for (const attack of attacks) writeModule(home, attack.id, attack.files, manifestOf(attack));
  const system = await startSystem({ home, ...options });
  for (const id of [HEALTHY_SCRIPT, HEALTHY_WASM])
    await system.result("agent.approve", { id, grants: "all" });
  for (const { id } of attacks) await system.call("agent.approve", { id, grants: "all" });
  return arenaOf(system);
}

export function writeHealthy(home: string): void {
  writeModule(
    home,
    HEALTHY_SCRIPT,
    {
      "agent.ts": `import { agent } from "fieldwork";
export default agent({ rpc: { ping: { async run({ n }, host) {
  await host.store.kv.set("n", n);
  const { value } = await host.call("store.kv.get", { k: "n" });
  return { n: value + 1 };
} } } });`,
    },
    { exposes_rpc: [PING] },
  );
  writeModule(home, HEALTHY_WASM, asking('{"cap":"store.kv.get","args":{"k":"mine"}}'), {
    entry: "agent.wasm",
    exposes_rpc: [PING],
  });
}

function arenaOf(system: System): Arena {
  const invoke: Arena["invoke"] = (id, fn = ATTACK, args = {}) =>
    system.call("module.invoke", { id, function: fn, args });
  const health = () => system.result("system.health") as Promise<unknown> as Promise<Health>;
  const before = listHome(system.home);
  return {
    system,
    invoke,
    health,
    async reply(id, args) {
      const reply = await invoke(id, ATTACK, args);
      if (!reply.ok) throw new Error(`${id}: ${reply.error.code}: ${reply.error.message}`);
      return reply.result.reply as never;
    },
    async error(id, args) {
      const reply = await invoke(id, ATTACK, args);
      if (reply.ok) throw new Error(`${id} was not refused: ${JSON.stringify(reply.result).slice(0, 500)}`);
      return reply.error;
    },
    async contained() {
      expect(await invoke(HEALTHY_SCRIPT, "ping", { n: 41 })).toEqual({
        ok: true,
        result: { reply: { n: 42 }, tainted: false },
      });
      expect(await invoke(HEALTHY_WASM, "ping")).toEqual({
        ok: true,
        result: { reply: { ok: true, result: { value: null, found: false } }, tainted: false },
      });
      const state = await until("no call is left running", async () => {
        const now = await health();
        return now.sandbox.processes.every(({ instances }) => instances === 0) ? now : undefined;
      });
      expect(state.journal.unwritten).toBeLessThan(1000);
      expect(state.memory.rss_bytes).toBeLessThan(SERVER_RSS_MAX);
      expect(added(before, listHome(system.home))).toEqual([]);
    },
    async end() {
      await system.end();
      rmSync(system.home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Sets an attack off and checks how it ends and that nobody else was touched. */
export async function expectContained(arena: Arena, attack: Attack): Promise<void> {
  const reply = await arena.invoke(attack.id, ATTACK, attack.args);
  const ended = reply.ok ? "reply" : reply.error.code;
  const told = reply.ok ? JSON.stringify(reply.result.reply) : reply.error.message;
  expect(attack.ends, `${attack.id} ended with ${ended}: ${told.slice(0, 1000)}`).toContain(ended);
  if (attack.says) expect(told).toMatch(attack.says);
  if (!reply.ok) expect(reply.error.remedy).not.toBe("");
  await arena.contained();
}

/** What no module may add to the home: all but workspaces, databases and caches. */
function listHome(home: string): Set<string> {
  const own =
    /^(agents\/[^/]+\/(state\.db|workspace(\/|$))|cache\/|logs\/|run\/|[a-z]+\.db(-wal|-shm)?$|shared$|owner(\/|$))/;
  return new Set(
    readdirSync(home, { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => !own.test(path)),
  );
}

const added = (before: ReadonlySet<string>, after: ReadonlySet<string>): string[] =>
  [...after].filter((path) => !before.has(path));

/** Everything in the home that is text or bytes, to look for what must not be there. */
export function homeHolds(home: string, needle: string): string[] {
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(needle));
}
