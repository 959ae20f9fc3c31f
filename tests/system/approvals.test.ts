import { afterEach, expect, test } from "vitest";
import type { Approval } from "../../contract/index.ts";
import { addModule, freshHome, type System, startSystem, until } from "../support/system.ts";
import { ask, command, exposes, refused, source } from "./agents.ts";

let system: System | undefined;
afterEach(async () => {
  await system?.end();
  system = undefined;
});

const writer = source({
  write: "await host.fs.write(args.path, args.text); return 'written';",
  read: "return (await host.fs.read(args.path)).content;",
});

/** A system with an agent whose every write waits for a person. */
async function withAsking(
  limits: object = {},
  home?: string,
): Promise<{ now: System; write(path: string, text: string): Promise<string> }> {
  const now = await startSystem(home === undefined ? {} : { home });
  system = now;
  if (!(await now.call("agent.show", { id: "asker" })).ok) {
    await addModule(now, "asker", { "agent.ts": writer }, exposes("write", "read"));
    await now.result("agent.config", { id: "asker", set: { policy: { write: "ask" }, ...limits } });
  }
  return { now, write: (path, text) => ask<string>(now, "asker", "write", { path, text }) };
}
const waitingOne = (now: System) =>
  until("an approval waits", async () => {
    const { approvals } = await now.result<{ approvals: Approval[] }>("approval.list");
    return approvals[0];
  });
const outcome = (call: Promise<unknown>) =>
  call.then(
    (result) => ({ result }),
    (thrown) => ({ error: thrown.error as { code: string; message: string } }),
  );

test("a given approval lets the very call go on, once", async () => {
  const { now, write } = await withAsking();
  const first = write("a.txt", "one");
  const approval = await waitingOne(now);
  expect(approval).toMatchObject({
    module: "asker",
    capability: "fs.write",
    args: { path: expect.stringContaining("a.txt"), content: "one" },
  });
  expect(
    await refused(now, "module.invoke", { id: "asker", function: "read", args: { path: "a.txt" } }),
  ).toMatchObject({
    code: "not_found",
  });
  const shown = await command(now, ["approval", "list"]);
  expect(shown.stdout).toContain(approval.id.slice(0, 8));
  expect((await command(now, ["approval", "give", approval.id])).code).toBe(0);
  expect(await first).toBe("written");
  expect(await ask(now, "asker", "read", { path: "a.txt" })).toBe("one");

  const again = outcome(write("a.txt", "one"));
  const second = await waitingOne(now);
  expect(second.id).not.toBe(approval.id);
  await now.result("approval.refuse", { id: second.id });
  expect(await again).toMatchObject({ error: { code: "denied" } });
  expect(await refused(now, "approval.give", { id: second.id })).toMatchObject({ code: "conflict" });
});

test("an approval is bound to the exact arguments", async () => {
  const { now, write } = await withAsking();
  const first = write("a.txt", "good");
  await waitingOne(now);
  const other = outcome(write("a.txt", "evil"));
  const both = await until("both wait", async () => {
    const { approvals } = await now.result<{ approvals: Approval[] }>("approval.list");
    return approvals.length === 2 && approvals;
  });
  const good = both.find((one) => (one.args as { content: string }).content === "good") as Approval;
  const evil = both.find((one) => one.id !== good.id) as Approval;
  expect(evil.args_hash).not.toBe(good.args_hash);
  await now.result("approval.give", { id: good.id });
  expect(await first).toBe("written");
  await now.result("approval.refuse", { id: evil.id });
  expect(await other).toMatchObject({ error: { code: "denied" } });
  expect(await ask(now, "asker", "read", { path: "a.txt" })).toBe("good");
});

test("the time of waiting for a person does not count against the call's time limit", async () => {
  const { now, write } = await withAsking({ timeout_call_ms: 1500 });
  const begun = performance.now();
  const call = write("late.txt", "late");
  const { id } = await waitingOne(now);
  await until("the limit is long over", () => performance.now() - begun > 3000);
  await now.result("approval.give", { id });
  expect(await call).toBe("written");
});

test("approvals survive a restart, waiting and given, and are used up by the repeated call", async () => {
  const home = freshHome();
  const { now, write } = await withAsking({}, home);
  const cutOff = write("kept.txt", "kept").catch(() => "cut off");
  const { id } = await waitingOne(now);
  await now.kill();
  expect(await cutOff).toBe("cut off");

  const next = await withAsking({}, home);
  expect((await waitingOne(next.now)).id).toBe(id);
  await next.now.result("approval.give", { id });
  await next.now.kill();

  const last = await withAsking({}, home);
  expect(await last.write("kept.txt", "kept")).toBe("written");
  const { approvals } = await last.now.result<{ approvals: Approval[] }>("approval.list", { all: true });
  expect(approvals).toMatchObject([{ id, state: "used" }]);
});

test("a policy that denies an effect denies it without asking", async () => {
  const { now } = await withAsking();
  await now.result("agent.config", { id: "asker", set: { policy: { write: "deny" } } });
  const args = { id: "asker", function: "write", args: { path: "x", text: "x" } };
  expect(await refused(now, "module.invoke", args)).toMatchObject({
    code: "denied",
    message: expect.stringContaining("policy"),
  });
  expect((await now.result<{ approvals: Approval[] }>("approval.list", { all: true })).approvals).toEqual([]);
});

test("a call whose caller goes away while it waits leaves the question to the owner", async () => {
  const { now } = await withAsking();
  const away = new AbortController();
  const call = now
    .call("module.invoke", { id: "asker", function: "write", args: { path: "x", text: "x" } }, away.signal)
    .catch(() => "gone");
  const { id } = await waitingOne(now);
  away.abort();
  expect(await call).toBe("gone");
  expect((await waitingOne(now)).id).toBe(id);
});
