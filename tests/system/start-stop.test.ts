import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Health } from "../../contract/index.ts";
import { addModule, freshHome, type System, startSystem, until } from "../support/system.ts";
import { ask, exposes, inbox, refused, source } from "./agents.ts";

let home: string;
let system: System;
beforeEach(async () => {
  home = freshHome();
  system = await startSystem({ home });
  await addModule(
    system,
    "worker",
    {
      "agent.ts": source(
        {
          wait: "await host.store.kv.set('began', true); await new Promise((go) => setTimeout(go, 60000));",
          spin: "await host.store.kv.set('began', true); for (;;) {}",
          began: "return (await host.store.kv.get('began')) ?? false;",
          seen: "return (await host.store.kv.get('seen:' + args.text)) ?? 0;",
        },
        `async onMessage(message, host) {
          await new Promise((go) => setTimeout(go, 20));
          const k = "seen:" + message.text;
          await host.store.kv.set(k, ((await host.store.kv.get(k)) ?? 0) + 1);
          return "done";
        },
        async onStop(host) { await host.fs.write("stopped.txt", "stopped"); },`,
      ),
    },
    exposes("wait", "spin", "began", "seen"),
  );
});
afterEach(async () => {
  await system.end();
  rmSync(home, { recursive: true, force: true });
});

const sandboxes = async (): Promise<number[]> =>
  (await system.result<Health>("system.health")).sandbox.processes.map(({ pid }) => pid);
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test("stopping lets an agent say goodbye, tells the calls under way, and leaves no process behind", async () => {
  const waiting = system.call("module.invoke", { id: "worker", function: "wait" }).then(
    (reply) => (reply.ok ? "answered" : reply.error.code),
    () => "cut off",
  );
  await until("it waits", async () => ask<boolean>(system, "worker", "began"));
  const pids = await sandboxes();
  expect(pids.length).toBeGreaterThan(0);
  const begun = performance.now();
  expect(await system.stop()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(30_000);
  expect(["cancelled", "unavailable", "cut off"]).toContain(await waiting);
  expect(existsSync(join(home, "agents", "worker.fwagent", "workspace", "stopped.txt"))).toBe(true);
  await until("the sandbox is gone", () => !pids.some(alive));
  expect(existsSync(join(home, "run", "server.json"))).toBe(false);
});

test("an endless loop in an agent does not keep the system from stopping", async () => {
  const spinning = system.call("module.invoke", { id: "worker", function: "spin" }).catch(() => undefined);
  await until("it spins", async () => ask<boolean>(system, "worker", "began"));
  const begun = performance.now();
  expect(await system.stop()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(30_000);
  await spinning;
});

test("after kill -9 no sandbox process lives on, spinning or not", async () => {
  const spinning = system.call("module.invoke", { id: "worker", function: "spin" }).catch(() => undefined);
  await until("it spins", async () => ask<boolean>(system, "worker", "began"));
  const pids = await sandboxes();
  await system.kill();
  await spinning;
  await until("the sandbox is gone", () => !pids.some(alive));
});

test("messages that wait when the system stops are answered after the next start, each once, in order", async () => {
  const texts = Array.from({ length: 60 }, (_, at) => `m${at}`);
  const ids: string[] = [];
  for (const text of texts)
    ids.push(
      (await system.result<{ id: string }>("message.send", { to: "worker", text, session: "one" })).id,
    );
  expect(await system.stop()).toBe(0);
  system = await startSystem({ home });
  const mail = await until("all are done", async () => {
    const all = await inbox(system, "worker");
    return all.every((one) => one.state === "done" || one.state === "failed") && all;
  });
  const of = new Map(mail.map((one) => [one.id, one]));
  const failed = ids.filter((id) => of.get(id)?.state !== "done");
  expect(failed.length).toBeLessThanOrEqual(1);
  for (const id of failed) expect(of.get(id)?.error).toMatchObject({ code: "outcome_unknown" });
  for (const [at, text] of texts.entries()) {
    const seen = await ask<number>(system, "worker", "seen", { text });
    if (!failed.includes(ids[at] as string)) expect(seen, text).toBe(1);
  }
  const times = ids.map((id) => Date.parse(of.get(id)?.finished_at ?? ""));
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("a message to a module that is removed before its turn is told to whoever waits", async () => {
  for (let at = 0; at < 20; at++)
    await system.result("message.send", { to: "worker", text: `m${at}`, session: "one" });
  const waiting = refused(system, "message.send", { to: "worker", text: "late", session: "one", wait: true });
  await until("it is accepted", async () => (await inbox(system, "worker")).length === 21);
  await system.result("agent.remove", { id: "worker" });
  expect(await waiting).toMatchObject({ code: "not_found" });
});
