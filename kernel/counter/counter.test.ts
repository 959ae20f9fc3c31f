import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  CAPABILITIES,
  type Caller,
  type CapabilityName,
  canonicalJson,
  capability,
  type ErrorCode,
  FieldworkError,
  type Provider,
  provide,
  type Reply,
} from "#contract";
import { type Approvals, approvalMigrations, createApprovals } from "../approvals/index.ts";
import { createGrants, type Grants, grantMigrations, readGrant } from "../grants/index.ts";
import { type Journal, openJournal, verifyJournal } from "../journal/index.ts";
import { type OpenDatabase, openDatabase } from "../storage/index.ts";
import { type CallPlace, type Counter, createCounter, type Policy } from "./index.ts";

const guest: Caller = { id: "notes", tier: "guest" };
const owner: Caller = { id: "owner", tier: "owner" };
const system: Caller = { id: "bus", tier: "system" };

let folder: string;
let db: OpenDatabase;
let journal: Journal;
let grants: Grants;
let approvals: Approvals;
let counter: Counter;
let safe: boolean;
let policy: Policy;
let clock: number;
let rate: { perSecond: number; burst: number };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fw-counter-"));
  db = openDatabase(join(folder, "fieldwork.db"), {
    ladders: { grants: grantMigrations, approvals: approvalMigrations },
  });
  journal = openJournal(join(folder, "journal.db"));
  [safe, policy, clock, rate] = [false, "allow", 1_000_000, { perSecond: 10, burst: 5000 }];
  const now = () => clock;
  grants = createGrants(db, now);
  approvals = createApprovals({ db, now, expiresMs: () => 60_000, changed: () => {} });
  const unused = (): never => {
    throw new Error("not asked for here");
  };
  const place: CallPlace = { host: unused, state: unused, workspace: unused, fill: unused };
  counter = createCounter({
    grants,
    journal,
    approvals,
    place,
    now,
    safeMode: () => safe,
    policy: () => policy,
    rate: () => rate,
  });
});
afterEach(() => {
  approvals.close();
  journal.close();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const offer = (provider: Provider) => counter.offer({ module: "test", provider });
const give = (text: string, to = guest.id) => grants.give(to, readGrant(text));
const rows = () => journal.read(0, 1000);
const kinds = () => rows().map(({ kind }) => kind);
const errorOf = (reply: Reply) => (reply.ok ? { code: "none" as const, details: undefined } : reply.error);

const answer = { status: 200, headers: {}, body: "hello", truncated: false };
/** `http.fetch`, which does what it is told to. */
function offerFetch(run: (context: Parameters<Provider["run"]>[1]) => unknown = () => answer) {
  const ran = vi.fn(run);
  offer(
    provide(capability("http.fetch"), {
      targets: (args) => ({ targets: [args.url], args }),
      run: (_, context) => ran(context) as typeof answer,
    }),
  );
  return ran;
}
const fetchIt = (url = "https://a.example/x", options = {}) =>
  counter.call(guest, "http.fetch", { url }, options);

test("an unknown capability and one nobody provides are told apart", async () => {
  expect(errorOf(await counter.call(owner, "no.such", {})).code).toBe("unknown_capability");
  expect(errorOf(await counter.call(owner, "http.fetch", {})).code).toBe("unavailable");
  expect(kinds()).toEqual(["effect.denied", "effect.denied"]);
});

test("arguments are parsed before anything else sees them, and all problems are named", async () => {
  const ran = offerFetch();
  const error = errorOf(await counter.call(owner, "http.fetch", { url: 5, max_bytes: 0, colour: 1 }));
  expect(error.code).toBe("invalid_input");
  expect((error.details as { problems: string[] }).problems).toHaveLength(3);
  expect(ran).not.toHaveBeenCalled();
});

test("without a grant a call is denied, and the denial names the grant and where to give it", async () => {
  const ran = offerFetch();
  const reply = await fetchIt();
  expect(errorOf(reply)).toMatchObject({
    code: "denied",
    message: "notes holds no grant http.fetch:https://a.example/x.",
    action: {
      page: "/agents/notes/grants",
      command: "fw grant give notes 'http.fetch:https://a.example/x'",
    },
    details: { missing_grant: "http.fetch:https://a.example/x", target: "https://a.example/x" },
  });
  expect(ran).not.toHaveBeenCalled();
  expect(rows()[0]).toMatchObject({ kind: "effect.denied", actor: "notes", subject: "http.fetch" });
});

test("a grant covers what is in its scope, from the next call on until it is taken", async () => {
  offerFetch();
  give("http.fetch:https://a.example/");
  expect((await fetchIt()).ok).toBe(true);
  expect(errorOf(await fetchIt("https://b.example/")).code).toBe("denied");
  grants.take("notes", readGrant("http.fetch:https://a.example/"));
  expect(errorOf(await fetchIt()).code).toBe("denied");
  give("http.fetch:https://a.example/", "others");
  expect(errorOf(await fetchIt()).code).toBe("denied");
});

test("every target must be covered", async () => {
  offer(
    provide(capability("fs.move"), {
      targets: (args) => ({ targets: [args.from, args.to], args }),
      run: () => ({ ok: true as const }),
    }),
  );
  const move = () => counter.call(guest, "fs.move", { from: "/a/x", to: "/b/x" });
  give("fs.move:/a");
  expect(errorOf(await move()).details).toMatchObject({ target: "/b/x" });
  give("fs.move:/b");
  expect((await move()).ok).toBe(true);
});

test("no target means that nothing foreign is touched, so no grant is needed", async () => {
  offer(
    provide(capability("fs.stat"), {
      targets: (args) => ({ targets: [], args }),
      run: () => ({ found: false }),
    }),
  );
  expect((await counter.call(guest, "fs.stat", { path: "own" })).ok).toBe(true);
});

test("a provider of a capability with a scope must say what the scope is compared with", () => {
  expect(() => offer(provide(capability("exec.run"), () => ({}) as never))).toThrow("exec.run has a scope");
});

test("two providers of one capability are a mistake that is found at once", () => {
  offerFetch();
  expect(() => offerFetch()).toThrow("http.fetch is provided by test and by test");
});

test("capabilities of a tier are for that tier and above, and cannot be granted", async () => {
  offer(provide(capability("grant.list"), () => ({ grants: [] })));
  offer(provide(capability("module.invoke"), () => ({ reply: 1, tainted: false })));
  const invoke = (caller: Caller) => counter.call(caller, "module.invoke", { id: "abc", function: "f" });
  expect(errorOf(await counter.call(guest, "grant.list", {}))).toMatchObject({
    code: "denied",
    remedy: "It cannot be granted to a module.",
  });
  expect(errorOf(await counter.call(system, "grant.list", {})).code).toBe("denied");
  expect((await counter.call(owner, "grant.list", {})).ok).toBe(true);
  expect(errorOf(await invoke(guest)).code).toBe("denied");
  expect((await invoke(system)).ok).toBe(true);
  expect((await invoke(owner)).ok).toBe(true);
  expect(() => readGrant("grant.list")).toThrow(expect.objectContaining({ code: "invalid_input" }));
});

test("whatever a provider throws becomes an error, and the counter goes on", async () => {
  give("http.fetch");
  let thrown: unknown;
  offerFetch(() => {
    throw thrown;
  });
  const cases: [unknown, ErrorCode][] = [
    [new FieldworkError("timeout", "late"), "timeout"],
    [new Error("boom"), "internal"],
    ["text", "internal"],
    [undefined, "internal"],
    [null, "internal"],
    [Object.create(null), "internal"],
    [AbortSignal.abort().reason, "cancelled"],
  ];
  for (const [what, code] of cases) {
    thrown = what;
    expect(errorOf(await fetchIt()).code).toBe(code);
  }
  expect(rows().filter(({ kind, data }) => kind === "capability.called" && data.ok === false)).toHaveLength(
    7,
  );
});

test("an answer its schema does not allow does not reach the caller", async () => {
  give("http.fetch");
  offerFetch(() => ({ status: "two hundred" }));
  const error = errorOf(await fetchIt());
  expect(error).toMatchObject({ code: "internal", message: expect.stringContaining("status") });
});

test("arguments and results nested too deeply to be written down are refused", async () => {
  const deep = (): unknown => JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
  offer(provide(capability("store.kv.set"), () => ({ ok: true as const })));
  offer(provide(capability("store.kv.get"), () => ({ found: true, value: deep() as never })));
  expect(errorOf(await counter.call(guest, "store.kv.set", { k: "a", v: deep() })).code).toBe("too_large");
  expect(errorOf(await counter.call(guest, "store.kv.get", { k: "a" })).code).toBe("too_large");
});

test("a grant that is taken stops the call under way, whatever its provider does", async () => {
  give("http.fetch:https://a.example/");
  let signal: AbortSignal | undefined;
  offerFetch(async (context) => {
    signal = context.signal;
    await new Promise(() => {});
  });
  const reply = fetchIt();
  await expect.poll(() => signal).toBeDefined();
  grants.take("notes", readGrant("http.fetch:https://a.example/"));
  expect(errorOf(await reply)).toMatchObject({ code: "denied", details: { target: "https://a.example/x" } });
  expect(signal?.aborted).toBe(true);
});

test("a grant that is taken but still covered by another stops nothing", async () => {
  give("http.fetch:https://a.example/");
  give("http.fetch:https://*.example/");
  give("http.fetch:https://a.example/x");
  offerFetch(async () => {
    await sleep(30);
    return answer;
  });
  const reply = fetchIt();
  await sleep(5);
  grants.take("notes", readGrant("http.fetch:https://a.example/"));
  expect((await reply).ok).toBe(true);
});

test("a grant taken while the call waits for a person is gone when the person agrees", async () => {
  policy = "ask";
  give("http.fetch");
  const ran = offerFetch();
  const reply = fetchIt();
  await expect.poll(() => approvals.waiting()).toBe(1);
  grants.take("notes", readGrant("http.fetch"));
  expect(errorOf(await reply).code).toBe("denied");
  expect(ran).not.toHaveBeenCalled();
});

test("safe mode that begins while the call waits for a person holds for it, too", async () => {
  policy = "ask";
  give("http.fetch");
  const ran = offerFetch();
  const reply = fetchIt();
  await expect.poll(() => approvals.waiting()).toBe(1);
  safe = true;
  approvals.decide(approvals.list({ limit: 500 }).approvals[0]?.id ?? "", "given");
  expect(errorOf(await reply).code).toBe("safe_mode");
  expect(ran).not.toHaveBeenCalled();
});

test("a caller who has left gets no effect", async () => {
  give("http.fetch");
  const ran = offerFetch();
  const abort = new AbortController();
  abort.abort(new FieldworkError("cancelled", "left"));
  expect(errorOf(await fetchIt(undefined, { signal: abort.signal })).code).toBe("cancelled");
  expect(ran).not.toHaveBeenCalled();
});

test("calls of a long-lived caller leave nothing behind on its signal", async () => {
  give("http.fetch");
  offerFetch((context) => {
    expect(context.signal.aborted).toBe(false);
    return answer;
  });
  const { signal } = new AbortController();
  const [add, remove] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
  for (let n = 0; n < 20; n++) await fetchIt(undefined, { signal });
  expect(add).toHaveBeenCalledTimes(20);
  expect(remove).toHaveBeenCalledTimes(20);
});

test("an approval is bound to module, capability and exact arguments, and lets one call through", async () => {
  policy = "ask";
  give("http.fetch");
  const ran = offerFetch();
  const waits: boolean[] = [];
  const reply = fetchIt("https://a.example/x", { onWaiting: (waiting: boolean) => waits.push(waiting) });
  await expect.poll(() => approvals.waiting()).toBe(1);
  const [asked] = approvals.list({ limit: 500 }).approvals;
  expect(asked).toMatchObject({
    module: "notes",
    capability: "http.fetch",
    targets: ["https://a.example/x"],
    args: expect.objectContaining({ url: "https://a.example/x", method: "GET" }),
  });
  const other = fetchIt("https://a.example/y");
  await expect.poll(() => approvals.waiting()).toBe(2);
  approvals.decide(asked?.id ?? "", "given");
  expect((await reply).ok).toBe(true);
  expect(ran).toHaveBeenCalledTimes(1);
  expect(waits).toEqual([true, false]);
  approvals.decide(approvals.list({ limit: 500 }).approvals[0]?.id ?? "", "refused");
  expect(errorOf(await other)).toMatchObject({ code: "denied" });
  const again = fetchIt("https://a.example/x");
  await expect.poll(() => approvals.waiting()).toBe(1);
  clock += 61_000;
  expect(() => approvals.decide(approvals.list({ limit: 500 }).approvals[0]?.id ?? "", "given")).toThrow(
    expect.objectContaining({ code: "conflict" }),
  );
  expect(errorOf(await again).code).toBe("approval_required");
});

test("one approval for two equal calls lets one go on; the other is asked for again", async () => {
  policy = "ask";
  give("http.fetch");
  const ran = offerFetch();
  const both = [fetchIt(), fetchIt()];
  await expect.poll(() => approvals.waiting()).toBe(1);
  approvals.decide(approvals.list({ limit: 500 }).approvals[0]?.id ?? "", "given");
  await Promise.race(both);
  await expect.poll(() => approvals.waiting()).toBe(1);
  expect(ran).toHaveBeenCalledTimes(1);
  approvals.decide(approvals.list({ limit: 500 }).approvals[0]?.id ?? "", "given");
  expect((await Promise.all(both)).map(({ ok }) => ok)).toEqual([true, true]);
});

test("an approval given after its caller left lets the repeated call through at once", async () => {
  policy = "ask";
  give("http.fetch");
  offerFetch();
  const abort = new AbortController();
  const left = fetchIt(undefined, { signal: abort.signal });
  await expect.poll(() => approvals.waiting()).toBe(1);
  abort.abort(new FieldworkError("cancelled", "left"));
  expect(errorOf(await left).code).toBe("cancelled");
  approvals.decide(approvals.list({ limit: 500 }).approvals[0]?.id ?? "", "given");
  expect((await fetchIt()).ok).toBe(true);
});

test("a policy that denies is final, and does not touch what has no effect", async () => {
  policy = "deny";
  give("http.fetch");
  offerFetch();
  offer(provide(capability("time.now"), () => ({ ms: 1, iso: "" })));
  expect(errorOf(await fetchIt())).toMatchObject({ code: "denied", details: { effect: "network" } });
  expect((await counter.call(guest, "time.now", {})).ok).toBe(true);
  expect((await counter.call(owner, "http.fetch", { url: "https://a.example/" })).ok).toBe(true);
});

test("before an effect outside, that it begins is in the journal's file", async () => {
  give("http.fetch");
  let written: string[] = [];
  offerFetch(() => {
    expect(journal.unwritten()).toBe(0);
    written = kinds();
    return answer;
  });
  await fetchIt();
  expect(written).toEqual(["effect.begun"]);
  expect(kinds()).toEqual(["effect.begun", "capability.called"]);
  const [begun, called] = rows();
  expect(begun?.span).toBe(called?.span);
  expect(begun?.data.args).toBe(called?.data.args);
});

test("a receipt can be held against the journal", async () => {
  give("http.fetch");
  offerFetch();
  const reply = await fetchIt("https://a.example/x", { receipt: true });
  if (!reply.ok || !reply.receipt) throw new Error("there is no receipt");
  const { seq, hash: rowHash, args_hash, result_hash } = reply.receipt;
  const row = rows().find((one) => one.seq === seq);
  expect(row).toMatchObject({
    kind: "capability.called",
    subject: "http.fetch",
    actor: "notes",
    hash: rowHash,
  });
  expect(row?.data).toMatchObject({ ok: true, args: args_hash, result: result_hash });
  expect(result_hash).toBe(hash("sha256", canonicalJson(answer)));
  const args = capability("http.fetch").input.parse({ url: "https://a.example/x" });
  expect(args_hash).toBe(hash("sha256", canonicalJson(args)));
  await journal.durable();
  expect((await verifyJournal(join(folder, "journal.db"))).ok).toBe(true);
  const without = await fetchIt();
  expect(without.ok && "receipt" in without).toBe(false);
});

test("a module that calls too fast is told when to go on; the others and the owner are not held up", async () => {
  offer(provide(capability("time.now"), () => ({ ms: 1, iso: "" })));
  rate = { perSecond: 10, burst: 3 };
  const call = (caller: Caller) => counter.call(caller, "time.now", {});
  for (let n = 0; n < 3; n++) expect((await call(guest)).ok).toBe(true);
  for (let n = 0; n < 50; n++)
    expect(errorOf(await call(guest))).toMatchObject({
      code: "rate_limited",
      details: { retry_after_ms: 100 },
    });
  expect(kinds().filter((kind) => kind === "effect.denied")).toHaveLength(1);
  expect((await call({ ...guest, id: "other" })).ok).toBe(true);
  expect((await call(owner)).ok).toBe(true);
  clock += 100;
  expect((await call(guest)).ok).toBe(true);
  clock -= 5000;
  expect(errorOf(await call(guest)).code).toBe("rate_limited");
});

test("asking for what does not exist counts as a call", async () => {
  rate = { perSecond: 1, burst: 2 };
  const codes = [];
  for (let n = 0; n < 4; n++) codes.push(errorOf(await counter.call(guest, "no.such", {})).code);
  expect(codes).toEqual(["unknown_capability", "unknown_capability", "rate_limited", "rate_limited"]);
});

test("in safe mode one can look and mend; nothing runs, is installed or reaches outside", async () => {
  safe = true;
  const open = [];
  for (const [name, one] of CAPABILITIES) {
    const targets = one.scope ? { targets: (args: never) => ({ targets: [], args }) } : {};
    offer({ capability: one, ...targets, run: () => ({}) } as unknown as Provider);
    if (errorOf(await counter.call(owner, name, {})).code !== "safe_mode")
      open.push([name, one.effect] as const);
  }
  const names = open.map(([name]) => name);
  const mending = open.filter(([, effect]) => effect === "system").map(([name]) => name);
  expect(mending.sort()).toEqual([
    "account.logout",
    "account.passkey.remove",
    "account.password",
    "account.reset",
    "account.session.revoke",
    "account.setup",
    "account.token.narrow",
    "account.token.revoke",
    "agent.disable",
    "agent.remove",
    "approval.refuse",
    "grant.take",
    "secret.delete",
    "secret.rotate",
    "system.backup",
    "system.reseal",
    "system.setup",
    "system.stop",
  ]);
  for (const [, effect] of open) expect(["none", "read", "write", "system"]).toContain(effect);
  const shut: CapabilityName[] = [
    "module.invoke",
    "message.send",
    "exec.run",
    "http.fetch",
    "pack.install",
    "bus.send",
  ];
  for (const name of shut) expect(names).not.toContain(name);
});

test("a caller with scopes gets what they cover and no more, whatever its tier; the denial names what is missing", async () => {
  offer(provide(capability("time.now"), () => ({ ms: 1, iso: "" })));
  offer(provide(capability("secret.list"), () => ({ secrets: [] })));
  const narrow: Caller = { ...owner, id: "token:ci", login: { via: "token", id: "t_1", scopes: ["time.*"] } };
  expect((await counter.call(narrow, "time.now", {})).ok).toBe(true);
  expect(errorOf(await counter.call(narrow, "secret.list", {}))).toMatchObject({
    code: "denied",
    details: { missing_scope: "secret.list" },
  });
  expect(
    (await counter.call({ ...narrow, login: { via: "session", id: "s_1" } }, "secret.list", {})).ok,
  ).toBe(true);
  expect([counter.permits(narrow, "time.now").ok, counter.permits(narrow, "secret.list").ok]).toEqual([
    true,
    false,
  ]);
  expect(counter.permits(guest, "secret.list").ok).toBe(false);
  expect(rows().filter(({ kind }) => kind === "effect.denied")).toHaveLength(3);
});

test("of what is confidential no hash is written down, and of who asks nothing at all", async () => {
  offer(provide(capability("system.setup"), () => ({ ok: true as const })));
  offer(provide(capability("account.state"), () => ({ owner: null, ways: [] })));
  await counter.call(owner, "system.setup", { owner: "ann", password: "a long password" });
  await counter.call(owner, "account.state", {});
  await counter.call(guest, "account.state", {});
  await journal.committed();
  expect(rows()).toMatchObject([
    { kind: "capability.called", subject: "system.setup", data: { ok: true, args: "" } },
    { kind: "owner.acted", subject: "system.setup", data: {} },
  ]);
});
