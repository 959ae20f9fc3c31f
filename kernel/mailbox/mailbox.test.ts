import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FieldworkError, type JsonValue, type Mail } from "#contract";
import { openJournal } from "../journal/index.ts";
import { openDatabase } from "../storage/index.ts";
import { createMailbox, type Letter, mailMigrations, openMailMigrations } from "./index.ts";

let root: string;
const closers: (() => unknown)[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fw-mailbox-"));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(root, { recursive: true, force: true });
});

type Deliver = (mail: Mail, signal: AbortSignal) => Promise<JsonValue>;
const reply: Deliver = async ({ payload }) => ({ got: payload });
const forever: Deliver = () => new Promise(() => {});

/** A mailbox on a home, with everything real but the modules themselves. */
function openOn(home: string, deliver: Deliver = reply, gone: readonly string[] = []) {
  mkdirSync(home, { recursive: true });
  const db = openDatabase(join(home, "fieldwork.db"), { migrations: openMailMigrations });
  const journal = openJournal(join(home, "journal.db"));
  const states = new Map<string, ReturnType<typeof openDatabase>>();
  const state = (id: string) =>
    states.getOrInsertComputed(id, () =>
      openDatabase(join(home, `${id}.db`), { ladders: { mail: mailMigrations } }),
    );
  const mailbox = createMailbox({
    db,
    journal,
    now: Date.now,
    state,
    async requireModule(id) {
      if (gone.includes(id)) throw new FieldworkError("not_found", `There is no module ${id}.`);
    },
    deliver,
    acted: () => false,
    settled: () => {},
  });
  const close = async () => {
    await mailbox.close();
    for (const one of [journal, db, ...states.values()]) one.close();
    states.clear();
  };
  closers.push(close);
  return { home, mailbox, journal, db, state, states, close };
}
type Opened = ReturnType<typeof openOn>;
const opened = (deliver?: Deliver, gone?: readonly string[]) => openOn(join(root, "home"), deliver, gone);

let died = 0;
/** The home as a death right now would leave it, opened by the next run. */
function afterDeath({ home }: Opened, deliver?: Deliver, gone?: readonly string[]): Opened {
  const copy = join(root, `after-death-${++died}`);
  cpSync(home, copy, { recursive: true });
  return openOn(copy, deliver, gone);
}

const letter = (payload: JsonValue, more: Partial<Letter> = {}): Letter => ({
  to: "notes",
  function: "handle_message",
  session: "s",
  source: { kind: "owner", id: "owner" },
  trace: `${String(payload).padStart(32, "0")}`,
  payload,
  ...more,
});
const posted = (n: number) => ({ to: "notes", function: "handle", payload: n, trace: "f".repeat(32) });
const states = ({ mailbox }: Opened, to = "notes") =>
  mailbox.list(to, 500).map(({ payload, state, error }) => {
    const { code } = (error ?? {}) as { code?: string };
    return [payload, code ?? state];
  });
const settled = (one: Opened, to = "notes") =>
  expect.poll(() => one.mailbox.list(to, 500).every(({ finished_at }) => finished_at !== null)).toBe(true);

test("a message is answered, and the answer is there for whoever asks later", async () => {
  const { mailbox } = opened();
  const mail = await mailbox.accept(letter(1));
  expect(await mailbox.finished("notes", mail.id)).toMatchObject({
    state: "done",
    reply: { got: 1 },
    attempts: 1,
  });
  expect(await mailbox.finished("notes", mail.id)).toMatchObject({ state: "done" });
  expect(mailbox.counts()).toEqual({ waiting: 0, running: 0 });
  await expect(mailbox.finished("notes", "none")).rejects.toMatchObject({ code: "not_found" });
});

test("a message whose handling fails is answered with the error", async () => {
  const { mailbox, journal } = opened(async () => {
    throw new FieldworkError("fuel_exhausted", "no fuel");
  });
  const { id } = await mailbox.accept(letter(1));
  expect(await mailbox.finished("notes", id)).toMatchObject({
    state: "failed",
    error: { code: "fuel_exhausted" },
  });
  expect(journal.read(0, 10).map(({ kind }) => kind)).toEqual(["message.received", "message.failed"]);
});

test("messages of one session are handled in order, sessions side by side", async () => {
  const log: JsonValue[] = [];
  const { mailbox } = opened(async ({ payload, session }) => {
    log.push(`${session}${payload}`);
    await sleep(session === "slow" ? 20 : 0);
    log.push(`-${session}${payload}`);
    return null;
  });
  const all = ["slow", "fast"].flatMap((session) =>
    [1, 2, 3].map((n) => mailbox.accept(letter(n, { session }))),
  );
  for (const { id } of await Promise.all(all)) await mailbox.finished("notes", id);
  const of = (session: string) => log.filter((one) => String(one).includes(session));
  for (const session of ["slow", "fast"])
    expect(of(session)).toEqual([1, 2, 3].flatMap((n) => [`${session}${n}`, `-${session}${n}`]));
  expect(log.indexOf("-fast3")).toBeLessThan(log.indexOf("-slow3"));
});

test("so many at once of one module, and no more", async () => {
  let [now, most] = [0, 0];
  const { mailbox } = opened(async () => {
    most = Math.max(most, ++now);
    await sleep(5);
    now--;
    return null;
  });
  const all = Array.from({ length: 200 }, (_, n) => mailbox.accept(letter(n, { session: null })));
  for (const { id } of await Promise.all(all)) await mailbox.finished("notes", id);
  expect(most).toBe(128);
});

test("the same id is accepted once", async () => {
  const deliver = vi.fn(reply);
  const { mailbox } = opened(deliver);
  const [one, two] = await Promise.all([1, 2].map((n) => mailbox.accept(letter(n, { id: "key" }))));
  await mailbox.finished("notes", "key");
  const three = await mailbox.accept(letter(3, { id: "key" }));
  expect([one?.payload, two?.payload, three.payload]).toEqual([1, 1, 1]);
  expect(three.state).toBe("done");
  expect(deliver).toHaveBeenCalledTimes(1);
});

test("what was accepted survives a death, waiting or running, and is handled once", async () => {
  const before = opened(forever);
  for (const n of [1, 2, 3]) await before.mailbox.accept(letter(n, { session: n === 3 ? "other" : "s" }));
  expect(states(before)).toEqual([
    [3, "running"],
    [2, "waiting"],
    [1, "running"],
  ]);
  const handled: JsonValue[] = [];
  const after = afterDeath(before, async ({ payload, attempts }) => {
    handled.push([payload, attempts]);
    return null;
  });
  await after.mailbox.resume();
  await settled(after);
  expect(handled.sort()).toEqual([
    [1, 2],
    [2, 1],
    [3, 2],
  ]);
});

test("a message that was cut off is handled again from its beginning", async () => {
  const before = opened(forever);
  await before.mailbox.accept(letter(1));
  await expect.poll(() => states(before)).toEqual([[1, "running"]]);
  const after = afterDeath(before);
  await after.mailbox.resume();
  await settled(after);
  expect(states(after)).toEqual([[1, "done"]]);
});

test("a cancelled session's message ends as failed, others go on", async () => {
  const run = opened(
    (mail, signal) =>
      new Promise((resolve, reject) => {
        if (mail.session === "other") resolve(null);
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  const mine = await run.mailbox.accept(letter(1, { session: "mine" }));
  const other = await run.mailbox.accept(letter(2, { session: "other" }));
  await expect.poll(() => run.mailbox.cancel("notes", "mine")).toBe(1);
  expect(await run.mailbox.finished("notes", mine.id)).toMatchObject({
    state: "failed",
    error: { code: "cancelled" },
  });
  expect(await run.mailbox.finished("notes", other.id)).toMatchObject({ state: "done" });
});

test("a message that was cut off again and again is given up, visibly", async () => {
  let run = opened(forever);
  await run.mailbox.accept(letter(1));
  for (let n = 0; n < 4; n++) {
    run = afterDeath(run, forever);
    await run.mailbox.resume();
    expect(states(run)).toEqual([[1, "running"]]);
  }
  const last = afterDeath(run);
  await last.mailbox.resume();
  expect(states(last)).toEqual([[1, "module_crashed"]]);
});

test("what is accepted and begun while mail is taken up again is not taken for something cut off", async () => {
  const before = opened(forever);
  for (const n of [1, 2]) await before.mailbox.accept(letter(n));
  const handled: JsonValue[] = [];
  const after = afterDeath(before, async ({ payload }) => {
    handled.push(payload);
    await sleep(10);
    return null;
  });
  const early = await after.mailbox.accept(letter(3, { session: "early" }));
  expect(handled).toEqual([3]);
  await after.mailbox.resume();
  expect(await after.mailbox.finished("notes", early.id)).toMatchObject({ state: "done", attempts: 1 });
  await settled(after);
  expect(handled.sort()).toEqual([1, 2, 3]);
  expect(states(after).map(([, state]) => state)).toEqual(["done", "done", "done"]);
});

test("one module's damaged inbox does not keep the others from going on", async () => {
  const before = opened(forever);
  await before.mailbox.accept(letter(1));
  await before.mailbox.accept(letter(2, { to: "alpha" }));
  const copy = join(root, "damaged");
  cpSync(before.home, copy, { recursive: true });
  for (const ending of ["-wal", "-shm"]) rmSync(join(copy, `alpha.db${ending}`), { force: true });
  writeFileSync(join(copy, "alpha.db"), "no database ".repeat(1000));
  const after = openOn(copy);
  await after.mailbox.resume();
  await settled(after);
  expect(states(after)).toEqual([[1, "done"]]);
  expect(
    after.journal
      .read(0, 100)
      .some(({ kind, subject }) => kind === "message.not_resumed" && subject === "alpha"),
  ).toBe(true);
});

test("after a clean stop with all done, nothing is looked at again; what is open is", async () => {
  const first = opened(({ to }) => (to === "notes" ? Promise.resolve(null) : new Promise(() => {})));
  const { id } = await first.mailbox.accept(letter(1));
  await first.mailbox.finished("notes", id);
  await first.mailbox.accept(letter(2, { to: "alpha" }));
  await first.close();
  const second = openOn(first.home);
  await second.mailbox.resume();
  expect([...second.states.keys()]).toEqual(["alpha"]);
  await settled(second, "alpha");
  expect(states(second, "alpha")).toEqual([[2, "done"]]);
});

test("stopping tells those who wait for an answer, and leaves the message to the next start", async () => {
  const one = opened(forever);
  const { id } = await one.mailbox.accept(letter(1));
  const waits = one.mailbox.finished("notes", id);
  await Promise.all([expect(waits).rejects.toMatchObject({ code: "cancelled" }), one.mailbox.close()]);
  expect(states(one)).toEqual([[1, "running"]]);
});

test("who stops waiting is told so, and the message goes on", async () => {
  const { promise, resolve } = Promise.withResolvers<JsonValue>();
  const { mailbox } = opened(() => promise);
  const { id } = await mailbox.accept(letter(1));
  await expect(mailbox.finished("notes", id, AbortSignal.abort())).rejects.toMatchObject({
    code: "cancelled",
  });
  const late = new AbortController();
  const waits = mailbox.finished("notes", id, late.signal);
  late.abort();
  await expect(waits).rejects.toMatchObject({ code: "cancelled" });
  resolve(7);
  expect(await mailbox.finished("notes", id)).toMatchObject({ state: "done", reply: 7 });
});

test("a message between modules arrives once, and leaves the outbox", async () => {
  const deliver = vi.fn(reply);
  const one = opened(deliver);
  const id = await one.mailbox.post("alpha", posted(1));
  expect(await one.mailbox.finished("notes", id)).toMatchObject({
    source: { kind: "module", id: "alpha" },
    session: "module:alpha",
  });
  expect(one.state("alpha").sql("SELECT * FROM outbox").all()).toEqual([]);
});

/** A home in which a message got so far on its way: only in the outbox, in both boxes, or handled but still in the outbox. */
async function onItsWay(step: "outbox" | "both" | "handled"): Promise<Opened> {
  const one = opened(step === "handled" ? reply : forever);
  const id = await one.mailbox.post("alpha", posted(1));
  if (step === "handled") await one.mailbox.finished("notes", id);
  one
    .state("alpha")
    .sql("INSERT INTO outbox VALUES (?, 'notes', 'handle', '1', ?, '', 0)")
    .run(id, "f".repeat(32));
  if (step === "outbox") one.state("notes").sql("DELETE FROM inbox").run();
  if (step === "both") one.state("notes").sql("UPDATE inbox SET state = 'waiting', attempts = 0").run();
  for (const module of ["alpha", "notes"])
    one.db.sql("INSERT OR IGNORE INTO open_mail VALUES (?)").run(module);
  return one;
}

test.each(["outbox", "both", "handled"] as const)(
  "a message between modules, cut off %s, is handled once",
  async (step) => {
    for (const onlySender of [false, true]) {
      const before = await onItsWay(step);
      // The loss of power may take the mark of the receiver, whose inbox was synced first.
      if (onlySender) before.db.sql("DELETE FROM open_mail WHERE module = 'notes'").run();
      const deliver = vi.fn(reply);
      const after = afterDeath(before, deliver);
      await after.mailbox.resume();
      await settled(after);
      expect(deliver).toHaveBeenCalledTimes(step === "handled" ? 0 : 1);
      expect(states(after)).toEqual([[1, "done"]]);
      expect(after.state("alpha").sql("SELECT * FROM outbox").all()).toEqual([]);
      await before.close();
      rmSync(before.home, { recursive: true });
    }
  },
);

test("a message to a module that is gone is told in the journal and dropped", async () => {
  const one = opened(reply, ["notes"]);
  await one.mailbox.post("alpha", posted(1));
  expect(one.journal.read(0, 10)).toMatchObject([
    { kind: "message.undeliverable", actor: "alpha", subject: "notes" },
  ]);
  expect(one.state("alpha").sql("SELECT * FROM outbox").all()).toEqual([]);
  await expect(one.mailbox.accept(letter(1))).rejects.toMatchObject({ code: "not_found" });
});

test("a full inbox refuses more, from outside and from other modules, and other inboxes stay open", async () => {
  const one = opened(forever);
  const insert = one
    .state("notes")
    .sql(
      "INSERT INTO inbox VALUES (?, 'f', NULL, '{\"kind\":\"owner\",\"id\":\"owner\"}', 't', '1', 'waiting', 0, NULL, NULL, '', NULL, 0, 1)",
    );
  one.state("notes").transaction(() => {
    for (let n = 0; n < 10_000; n++) insert.run(`m${n}`);
  });
  one.db.sql("INSERT INTO open_mail VALUES ('notes')").run();
  const full = afterDeath(one, forever);
  await full.mailbox.resume();
  expect(full.mailbox.counts()).toEqual({ waiting: 9872, running: 128 });
  const refused = { code: "rate_limited", details: { retry_after_ms: 1000 } };
  await expect(full.mailbox.accept(letter(1))).rejects.toMatchObject(refused);
  await expect(full.mailbox.post("alpha", posted(1))).rejects.toMatchObject(refused);
  expect(await full.mailbox.accept(letter(1, { to: "alpha" }))).toMatchObject({ to: "alpha" });
});

test("what the journal cannot take in is not accepted", async () => {
  const one = opened();
  vi.spyOn(one.journal, "append").mockImplementation(() => {
    throw new FieldworkError("storage_failed", "full");
  });
  await expect(one.mailbox.accept(letter(1))).rejects.toMatchObject({ code: "storage_failed" });
  expect(states(one)).toEqual([]);
});
