import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Health } from "../../contract/index.ts";
import { freshHome, ROOT, type System, startSystem, until } from "../support/system.ts";
import { ask, events, show } from "./agents.ts";
import { addLoadModules, type Known, nothingKnown, putUnderLoad, VERSIONS } from "./load.ts";

const KILLS = 100;
/** After so many kills everything is looked at, not only what is quick. */
const LOOK_EVERY = 20;
const BUSY_MS = 350;

let home: string;
let known: Known;
beforeAll(() => {
  home = freshHome();
  known = nothingKnown();
});
let system: System | undefined;
afterAll(async () => {
  await system?.end();
});

/** Starts a server and kills it before it is ready, at any point of its start. */
async function killWhileStarting(): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, "main.ts")], {
    env: { ...process.env, FIELDWORK_HOME: home, FIELDWORK_PORT: "0" },
    stdio: "ignore",
  });
  const gone = once(child, "exit");
  await sleep(Math.random() * 700);
  child.kill("SIGKILL");
  await gone;
}

/** Until some moment of the next installation, from its first file to a little after its end. */
async function installing(installMs: number): Promise<void> {
  await until("an installation has begun", () => staged().length > 0);
  await sleep(Math.random() * 3 * installMs);
}

const staged = () => (existsSync(join(home, "staging")) ? readdirSync(join(home, "staging")) : []);

const databases = () =>
  (readdirSync(home, { recursive: true }) as string[])
    .filter((path) => path.endsWith(".db") && !path.startsWith("run"))
    .map((path) => join(home, path));

/** Every database is sound, as SQLite itself finds. */
function checkDatabases(): void {
  for (const path of databases()) {
    const db = new DatabaseSync(path);
    expect(db.prepare("PRAGMA quick_check").all(), path).toEqual([{ quick_check: "ok" }]);
    db.close();
  }
}

/** The installed folder is one version whole, and nothing half-made lies about. */
function checkVersioned(): void {
  const folder = join(home, "agents", "versioned.fwagent");
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const { version } = JSON.parse(read("manifest.json")) as { version: string };
  expect(VERSIONS).toContain(version);
  expect(read("first.ts")).toContain(version);
  expect(read("last.ts")).toContain(version);
  expect(read("prompt.md")).toBe(version);
  expect(read("ballast.txt")).toBe(version.repeat(200_000));
  expect(staged()).toEqual([]);
}

interface InboxRow {
  readonly id: string;
  readonly state: string;
  readonly error: string | null;
  readonly payload: string;
  readonly attempts: number;
}

/** What was promised about messages, counters and schedules holds. Looked up while no server runs. */
function checkPromises(): void {
  const db = new DatabaseSync(join(home, "agents", "worker.fwagent", "state.db"), { readOnly: true });
  const rows = db
    .prepare("SELECT id, state, error, payload, attempts FROM inbox")
    .all() as unknown as InboxRow[];
  const values = new Map(
    (db.prepare("SELECT k, v FROM store_kv").all() as { k: string; v: string }[]).map(({ k, v }) => [
      k,
      JSON.parse(v),
    ]),
  );
  db.close();
  const byId = new Map(rows.map((row) => [row.id, row]));

  const wrong: unknown[] = [];
  for (const [text, id] of known.accepted) {
    const row = byId.get(id);
    const handled = values.get(`handled:${text}`) ?? 0;
    const code = row?.state === "failed" ? JSON.parse(row.error ?? "{}").code : undefined;
    // After so many stops in its handling a message is given up, visibly, for it may be what stops the system.
    const givenUp = code === "module_crashed" && (row?.attempts ?? 0) >= 5 && handled === 0;
    const well =
      row?.state === "done" ? handled === 1 : (code === "outcome_unknown" && handled <= 1) || givenUp;
    if (!well) wrong.push({ text, handled, row });
  }
  for (const text of known.sent)
    if ((values.get(`handled:${text}`) ?? 0) > 1) wrong.push({ text, twice: true });
  expect(wrong).toEqual([]);

  for (const [k, { answered, open }] of known.counters) {
    const value = values.get(k) ?? 0;
    expect(value, k).toBeGreaterThanOrEqual(answered);
    expect(value, k).toBeLessThanOrEqual(answered + open);
  }

  const misfired = [...known.scheduled]
    .map((k) => ({
      k,
      times: values.get(`fired:${k}`) ?? 0,
      mail: rows.filter(({ payload }) => payload.includes(`"${k}"`)),
    }))
    .filter(({ times, mail }) => {
      const failed = mail.length === 1 && mail[0]?.state === "failed";
      return mail.length !== 1 || times > 1 || (times === 0 && !failed);
    });
  expect(misfired).toEqual([]);
}

async function settled(now: System): Promise<void> {
  await until(
    "everything that was accepted is done",
    async () => {
      const { inbox } = await now.result<Health>("system.health");
      const { schedules } = await now.result<{ schedules: unknown[] }>("schedule.list", { module: "worker" });
      return inbox.waiting === 0 && inbox.running === 0 && schedules.length === 0;
    },
    60_000,
  );
}

test(`${KILLS} times kill -9 under load loses nothing, repeats nothing, and leaves nothing half`, {
  timeout: 300_000,
}, async () => {
  system = await startSystem({ home });
  const installMs = await addLoadModules(system);
  for (let kill = 1; kill <= KILLS; kill++) {
    if (kill % 4 === 0) {
      await killWhileStarting();
      continue;
    }
    const now = system ?? (await startSystem({ home }));
    system = now;
    checkVersioned();
    const load = putUnderLoad(now, known);
    await (kill % 3 === 0 ? installing(installMs) : sleep(Math.random() * BUSY_MS));
    await now.kill();
    await load.stop();
    system = undefined;
    if (kill % LOOK_EVERY === 1) {
      const next = await startSystem({ home });
      expect(await next.result("journal.verify")).toMatchObject({ ok: true });
      const { daemon } = await show(next, "daemon");
      expect(daemon).toMatchObject({ state: "running", restarts: 0 });
      const [first, last, said] = await ask<string[]>(next, "versioned", "version");
      expect([first, last]).toEqual([said, said]);
      await settled(next);
      await next.kill();
      checkDatabases();
      checkPromises();
    }
  }
  system = await startSystem({ home });
  await settled(system);
  expect(await system.result("journal.verify")).toMatchObject({ ok: true });
  expect(known.accepted.size).toBeGreaterThan(KILLS);
  expect(known.installs).toBeGreaterThan(0);
  expect(await system.stop()).toBe(0);
  checkDatabases();
  checkPromises();
  checkVersioned();
  system = undefined;
});

test("kill -9 of sandbox processes fails the calls in flight clearly; the next ones work and daemons come back", {
  timeout: 120_000,
}, async () => {
  const now = system ?? (await startSystem({ home }));
  system = now;
  const processes = async () =>
    (await now.result<Health>("system.health")).sandbox.processes.map(({ pid }) => pid);
  await until("the daemon runs", async () => (await show(now, "daemon")).daemon?.state === "running");

  const errors: { code: string; message: string }[] = [];
  let answered = 0;
  let stopped = false;
  const clients = Array.from({ length: 8 }, async (_, at) => {
    while (!stopped) {
      const reply = await now.call("module.invoke", { id: "worker", function: "add", args: { k: `k${at}` } });
      if (reply.ok) answered++;
      else errors.push(reply.error);
    }
  });
  let killed = 0;
  for (let round = 0; round < 15; round++) {
    const before = answered;
    for (const pid of await processes()) {
      await sleep(Math.random() * 60);
      process.kill(pid, "SIGKILL");
      killed++;
    }
    await until("calls are answered again", () => answered > before + 20);
  }
  stopped = true;
  await Promise.all(clients);
  expect(killed).toBeGreaterThanOrEqual(15);
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors)
    expect(error).toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/The sandbox process \d+ ended \(SIGKILL\); what ran in it was lost\./),
    });
  const { daemon } = await show(now, "daemon");
  expect(daemon?.restarts ?? 0).toBeGreaterThan(0);
  expect(daemon?.last_error).toMatch(/sandbox process/);
  expect((await events(now, "module.broken")).map((one) => one.subject)).toEqual([]);
});
