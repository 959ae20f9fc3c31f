import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { BackupInfo, Event, JsonValue, Reply } from "../../contract/index.ts";
import { freshHome, type System, startSystem, until } from "../support/system.ts";

const systems: System[] = [];
const homes: string[] = [];
afterEach(async () => {
  for (const one of systems.splice(0)) await one.end();
  for (const home of homes.splice(0))
    for (const name of readdirSync(dirname(home)))
      if (name.startsWith(basename(home)))
        rmSync(join(dirname(home), name), { recursive: true, force: true });
});

async function begin(home = freshHome()): Promise<System> {
  if (!homes.includes(home)) homes.push(home);
  const system = await startSystem({ home });
  systems.push(system);
  return system;
}

/** What runs on the home now, wherever it listens. */
async function now(
  home: string,
  not?: string,
): Promise<{ call(cap: string, args?: JsonValue): Promise<Reply> }> {
  const state = await until(
    "the server is back",
    async () => {
      try {
        const found = JSON.parse(readFileSync(join(home, "run/server.json"), "utf8")) as {
          port: number;
          instance: string;
        };
        if (found.instance === not) return false;
        return (await fetch(`http://127.0.0.1:${found.port}/readyz`)).ok && found;
      } catch {
        return false;
      }
    },
    60_000,
  );
  const token = readFileSync(join(home, "run/token"), "utf8").trim();
  return {
    async call(cap, args = {}) {
      const response = await fetch(`http://127.0.0.1:${state.port}/api/call`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ cap, args }),
      });
      return (await response.json()) as Reply;
    },
  };
}
const instanceOf = (home: string): string =>
  (JSON.parse(readFileSync(join(home, "run/server.json"), "utf8")) as { instance: string }).instance;
const remember = (system: System, content: string) =>
  system.result("memory.add", { agent: "field", memories: [{ content }] });
const memories = async (on: { call(cap: string, args?: JsonValue): Promise<Reply> }): Promise<string[]> => {
  const reply = await on.call("memory.list", { agent: "field" });
  if (!reply.ok) throw new Error(reply.error.message);
  return (reply.result as unknown as { hits: { content: string }[] }).hits.map(({ content }) => content);
};
const beside = (home: string, what: string) =>
  readdirSync(dirname(home)).filter((name) => name.startsWith(`${basename(home)}.${what}`));

/** A home that remembers tea in its backup, and coffee as well by now. */
async function withBackup(): Promise<{ system: System; home: string; name: string }> {
  const system = await begin();
  await remember(system, "The tea is in the blue tin.");
  const { path } = await system.result<{ path: string }>("system.backup");
  await remember(system, "The coffee is in the red tin.");
  return { system, home: system.home, name: basename(path) };
}

describe("backups of a running server", () => {
  test("are listed, downloaded whole and deleted", async () => {
    const { system, home, name } = await withBackup();
    const { backups } = await system.result<{ backups: BackupInfo[] }>("backup.list");
    expect(backups).toMatchObject([{ name, usable: true, problem: null }]);
    const response = await system.fetch(`/api/backups/${name}`);
    const archive = Buffer.from(await response.arrayBuffer());
    expect(archive.length).toBe(Number(response.headers.get("content-length")));
    const place = join(home, "tmp", "unpacked");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "backup.tar"), archive);
    expect(spawnSync("tar", ["xf", "backup.tar"], { cwd: place }).status).toBe(0);
    const same = spawnSync("diff", ["-r", `fieldwork-backup-${name}`, join(home, "backups", name)], {
      cwd: place,
    });
    expect(same.stdout.toString()).toBe("");
    expect(same.status).toBe(0);
    await system.result("backup.delete", { name });
    expect(await system.result("backup.list")).toEqual({ backups: [] });
    expect(readdirSync(join(home, "backups"))).toEqual([]);
    expect((await system.fetch(`/api/backups/${name}`)).status).toBe(404);
    expect((await system.fetch("/api/backups/..%2f..")).status).toBe(400);
  });

  test("tell how far they are, and stopped in the middle leave nothing", async () => {
    const system = await begin();
    for (let n = 0; n < 40; n++)
      writeFileSync(
        join(system.home, "agents/field.fwagent/workspace", `big-${n}.bin`),
        Buffer.alloc(4 << 20, n),
      );
    const told: string[] = [];
    const events = await system.fetch("/api/events?kind=work.progress");
    const reading = (async () => {
      for await (const chunk of events.body as unknown as AsyncIterable<Uint8Array>)
        told.push(Buffer.from(chunk).toString());
    })().catch(() => {});
    const stop = new AbortController();
    const making = system.call("system.backup", {}, stop.signal).catch(() => "stopped");
    await until("it has begun", () => told.join("").includes('"work":"system.backup"'));
    stop.abort();
    expect(await making).toBe("stopped");
    await until("nothing is left", () => readdirSync(join(system.home, "backups")).length === 0);
    expect(await system.result("system.backup")).toMatchObject({ files: expect.any(Number) });
    await system.end();
    await reading;
  });
});

describe("a backup put back by the running server", () => {
  test("takes the home's place, the server comes back by itself, and the home that was is kept", async () => {
    const { system, home, name } = await withBackup();
    const before = instanceOf(home);
    const restored = await system.result<{ kept: string }>("system.restore", { name });
    const back = await now(home, before);
    expect(await memories(back)).toEqual(["The tea is in the blue tin."]);
    expect(existsSync(restored.kept)).toBe(true);
    expect(process.kill(system.pid, 0)).toBe(true);
    const reply = await back.call("journal.query", { kind: "system.*" });
    const kinds = (reply as unknown as { result: { events: Event[] } }).result.events.map(({ kind }) => kind);
    expect(kinds).toContain("system.restored");
    expect(await back.call("journal.verify")).toMatchObject({ ok: true, result: { ok: true } });
    expect(await back.call("backup.list")).toMatchObject({ result: { backups: [{ name }] } });
    expect(beside(home, "restoring")).toEqual([]);
    expect(existsSync(`${home}.swap.json`)).toBe(false);
  });

  test("is refused where it is not whole, and nothing is touched", async () => {
    const { system, home, name } = await withBackup();
    writeFileSync(join(home, "backups", name, "journal.db"), "gone");
    const before = instanceOf(home);
    expect(await system.call("system.restore", { name })).toMatchObject({
      ok: false,
      error: { code: "invalid_input" },
    });
    expect(await system.call("system.restore", { name: "never-made" })).toMatchObject({
      error: { code: "not_found" },
    });
    expect(await memories(system)).toHaveLength(2);
    expect(instanceOf(home)).toBe(before);
    expect(beside(home, "restoring")).toEqual([]);
  });

  test("stopped while it is prepared leaves the home as it is", async () => {
    const { system, home, name } = await withBackup();
    const stop = new AbortController();
    const restoring = system.call("system.restore", { name }, stop.signal).catch(() => "stopped");
    await until("it has begun", () => beside(home, "restoring").length > 0);
    stop.abort();
    expect(await restoring).toBe("stopped");
    await until("nothing is left", () => beside(home, "restoring").length === 0);
    expect(await memories(system)).toHaveLength(2);
  });

  test("with the server killed while it is prepared: the home is as it was, and what was left is cleared", async () => {
    const { system, home, name } = await withBackup();
    void system.call("system.restore", { name }).catch(() => {});
    await until("it has begun", () => beside(home, "restoring").length > 0);
    await system.kill();
    const again = await begin(home);
    expect(await memories(again)).toHaveLength(2);
    expect(beside(home, "restoring")).toEqual([]);
  });

  test.each([0, 5, 20, 60, 120, 250])(
    "with the server killed %i ms after it said yes: the home is the old or the new one, whole",
    async (ms) => {
      const { system, home, name } = await withBackup();
      await system.result("system.restore", { name });
      await new Promise((resolve) => setTimeout(resolve, ms));
      await system.kill();
      const again = await begin(home);
      expect(await memories(again)).toEqual(["The tea is in the blue tin."]);
      expect(await again.result("journal.verify")).toMatchObject({ ok: true });
      expect(existsSync(`${home}.swap.json`)).toBe(false);
      expect(beside(home, "before-restore")).toHaveLength(1);
    },
  );
});

test("a restart begins the same process anew, on the same home", async () => {
  const system = await begin();
  const before = instanceOf(system.home);
  expect(await system.result("system.restart")).toEqual({ restarting: true });
  await now(system.home, before);
  const state = JSON.parse(readFileSync(join(system.home, "run/server.json"), "utf8")) as { pid: number };
  expect(state.pid).toBe(system.pid);
});

test("a stop ends it in order", async () => {
  const system = await begin();
  await system.result("system.stop");
  expect(await system.stop()).toBe(0);
  expect(existsSync(join(system.home, "run/server.json"))).toBe(false);
});
