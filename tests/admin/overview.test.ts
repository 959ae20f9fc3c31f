import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Approval, CatalogueModel, Event, Health, JsonObject, TraceSpan } from "../../contract/index.ts";
import { type ModelServer, startModelServer } from "../model-server/index.ts";
import { addModule, type System, startSystem, until } from "../support/system.ts";

let system: System;
let models: ModelServer;
beforeAll(async () => {
  models = await startModelServer(() => ({ text: "Hello." }), { models: ["small", "large"] });
  system = await startSystem();
  await addModule(
    system,
    "runner",
    {
      "agent.ts": `import { agent } from "fieldwork";
export default agent({
  rpc: { look: { async run(args, host) { return await host.call("exec.run", { program: "echo", args: [args.word] }); } } },
});`,
    },
    {
      exposes_rpc: [{ name: "look", description: "" }],
      capabilities_required: ["exec.run:echo"],
    },
  );
});
afterAll(async () => {
  await system.end();
  await models.close();
});

const events = async (query: JsonObject) =>
  (await system.result<{ events: Event[]; next_before: number | null }>("journal.query", query)).events;

describe("health", () => {
  test("names what is broken, in words, here and, without names, in /readyz", async () => {
    await system.result("agent.file.write", { id: "runner", path: "extra.json", content: "{" });
    const health = await until("it is noticed", async () => {
      const found = await system.result<Health>("system.health");
      return found.state === "degraded" && found;
    });
    expect(health.problems).toContainEqual(expect.objectContaining({ part: "runner", level: "degraded" }));
    const ready = await (await system.fetch("/readyz")).json();
    expect(ready).toMatchObject({ ready: true, problems: [] });
    const { degraded } = ready as { degraded: { part: string }[] };
    expect(degraded.map(({ part }) => part)).toContain("modules");
    expect(JSON.stringify(degraded)).not.toContain("runner");
    await system.result("agent.file.delete", { id: "runner", path: "extra.json" });
    await until("it is well", async () => (await system.result<Health>("system.health")).state === "ready");
  });

  test("says that no model is connected without calling that broken", async () => {
    const { problems, state } = await system.result<Health>("system.health");
    expect(state).toBe("ready");
    expect(problems).toMatchObject([{ part: "models", level: "notice" }]);
  });

  test("tells what modules used, and what the home takes on the disk, measured in the background", async () => {
    await system.call("module.invoke", { id: "runner", function: "look", args: { word: "hi" } });
    const { usage, disk } = await until("it is measured", async () => {
      const found = await system.result<Health>("system.health");
      return found.disk === null ? undefined : found;
    });
    expect(usage).toContainEqual(expect.objectContaining({ id: "runner", calls: expect.any(Number) }));
    expect(disk?.complete).toBe(true);
    expect(disk?.parts.map(({ part }) => part)).toEqual(
      expect.arrayContaining(["agents", "journal.db", "fieldwork.db"]),
    );
    expect(disk?.modules.map(({ id }) => id)).toEqual(expect.arrayContaining(["runner", "field"]));
  });
});

describe("the journal", () => {
  test("is paged backwards from its end to its beginning without a gap", async () => {
    const { last_seq } = await system.result<{ last_seq: number }>("journal.query", { limit: 1 });
    const seen: number[] = [];
    let before: number | null = last_seq + 1;
    while (before !== null) {
      const page: { events: Event[]; next_before: number | null } = await system.result("journal.query", {
        newest: true,
        limit: 50,
        before,
      });
      seen.unshift(...page.events.map(({ seq }) => seq));
      before = page.next_before;
    }
    expect(seen).toEqual(Array.from({ length: last_seq }, (_, n) => n + 1));
  });

  test("opens one event by its number and proves it", async () => {
    const [one] = await events({ kind: "module.approved", newest: true, limit: 1 });
    expect(await system.result("journal.event", { seq: one?.seq ?? 0 })).toMatchObject({
      event: one,
      hash_holds: true,
      chain_holds: true,
    });
    expect(await system.call("journal.event", { seq: 99_999_999 })).toMatchObject({
      error: { code: "not_found" },
    });
    expect((await system.fetch(`/api/journal/events/${one?.seq}`)).status).toBe(200);
  });

  test("shows a turn as a tree with times", async () => {
    const sent = await system.result<{ trace: string }>("message.send", {
      to: "field",
      text: "hi",
      wait: true,
    });
    const { spans, ms } = await system.result<{ spans: TraceSpan[]; ms: number }>("journal.trace", {
      trace: sent.trace,
    });
    expect(ms).toBeGreaterThan(0);
    const prepared = spans.find(({ subject }) => subject === "mind.prepare");
    expect(prepared).toMatchObject({ ok: true, kind: "capability.called" });
    const turn = spans.find(({ span }) => span === prepared?.parent);
    expect(turn).toMatchObject({ actor: "field", kind: "module.called" });
    expect(prepared?.depth).toBe((turn?.depth ?? 0) + 1);
    const [start, end] = [Date.parse(turn?.start ?? ""), Date.parse(turn?.end ?? "")];
    expect(Date.parse(prepared?.start ?? "")).toBeGreaterThanOrEqual(start);
    expect(Date.parse(prepared?.end ?? "")).toBeLessThanOrEqual(end);
  });

  test("is verified once at a time, with progress", async () => {
    const told: string[] = [];
    const stream = await system.fetch("/api/events?kind=work.progress");
    const reading = (async () => {
      for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>)
        told.push(Buffer.from(chunk).toString());
    })().catch(() => {});
    expect(await system.result("journal.verify")).toMatchObject({ ok: true });
    await until("it was told", () => told.join("").includes('"work":"journal.verify"'));
    await stream.body?.cancel().catch(() => {});
    void reading;
  });
});

describe("models", () => {
  test("are chosen from what a provider lists, used, and summed up by day", async () => {
    const listed = await system.result<{ models: CatalogueModel[] }>("model.catalogue", {
      base_url: `${models.url}/v1`,
      key: "sk-any",
    });
    expect(listed.models.map(({ id }) => id)).toEqual(["large", "small"]);
    await system.result("model.add", {
      name: "mine",
      dialect: "openai",
      base_url: `${models.url}/v1`,
      model: "small",
      key: "sk-any",
    });
    expect(await system.result("model.list")).toMatchObject({ uses: [{ agent: "", candidates: ["mine"] }] });
    expect(await system.result("model.catalogue", { like: "mine" })).toMatchObject({ truncated: false });
    await system.result("model.test", { name: "mine" });
    const { days } = await system.result<{ days: { calls: number }[] }>("model.usage", { days: 7 });
    expect(days).toHaveLength(7);
    expect(days.at(-1)?.calls).toBe(1);
    expect(days[0]?.calls).toBe(0);
  });

  test("one in use that fails is degraded until it answers again", async () => {
    models.script(() => ({
      failure: { kind: "status", status: 401, body: { error: { message: "no such key" } } },
    }));
    await system.call("model.test", { name: "mine" });
    const failing = await system.result<Health>("system.health");
    expect(failing).toMatchObject({ state: "degraded", problems: [{ part: "model mine" }] });
    models.script(() => ({ text: "Hello." }));
    await system.call("model.test", { name: "mine" });
    expect((await system.result<Health>("system.health")).state).toBe("ready");
  });

  test("keys of programs are listed by name", async () => {
    await system.result("model.key", { name: "editor" });
    expect(await system.result("model.keys")).toMatchObject({ keys: [{ name: "editor" }] });
    expect((await system.fetch("/api/models/keys")).status).toBe(200);
  });
});

describe("what the owner decides", () => {
  test("an approval says what it is about, and past ones are paged", async () => {
    await system.result("agent.config", { id: "runner", set: { policy: { exec: "ask" } } });
    for (const word of ["one", "two", "three"]) {
      const running = system.call("module.invoke", { id: "runner", function: "look", args: { word } });
      const asked = await until("it asks", async () => {
        const { approvals } = await system.result<{ approvals: Approval[] }>("approval.list");
        return approvals[0];
      });
      expect(asked).toMatchObject({
        effect: "exec",
        plain: expect.stringMatching(/^runner wants to run the program .*echo/),
      });
      expect(asked.plain).toContain(word);
      await system.result(word === "two" ? "approval.refuse" : "approval.give", { id: asked.id });
      await running;
    }
    const first = await system.result<{ approvals: Approval[]; next: string }>("approval.list", {
      all: true,
      limit: 2,
    });
    expect(first.approvals.map(({ state }) => state)).toEqual(["used", "refused"]);
    const second = await system.result<{ approvals: Approval[]; next: null }>("approval.list", {
      all: true,
      limit: 2,
      before: first.next,
    });
    expect(second).toMatchObject({ approvals: [{ state: "used" }], next: null });
    const refused = await system.result<{ approvals: Approval[] }>("approval.list", { state: "refused" });
    expect(refused.approvals).toHaveLength(1);
    await system.result("agent.config", { id: "runner", set: { policy: { exec: "allow" } } });
  });

  test("the policy of all holds where a module has none of its own", async () => {
    await system.result("setting.set", { key: "policy.default", value: { exec: "deny" } });
    await system.result("agent.duplicate", { id: "runner", to: "walker" });
    const own = await system.call("module.invoke", { id: "runner", function: "look", args: { word: "x" } });
    expect(own).toMatchObject({ ok: true });
    await addModule(
      system,
      "stroller",
      {
        "agent.ts": `import { agent } from "fieldwork";
export default agent({ rpc: { look: { async run(args, host) { return await host.call("exec.run", { program: "echo", args: [] }); } } } });`,
      },
      { exposes_rpc: [{ name: "look", description: "" }], capabilities_required: ["exec.run:echo"] },
    );
    const denied = await system.call("module.invoke", { id: "stroller", function: "look", args: {} });
    expect(denied).toMatchObject({ ok: false, error: { code: "denied" } });
    await system.result("setting.set", { key: "policy.default", value: {} });
  });

  test("every setting comes with what a form is drawn from", async () => {
    const { settings } = await system.result<{
      settings: { key: string; schema: JsonObject; unit: string | null }[];
    }>("setting.list");
    const by = (key: string) => settings.find((one) => one.key === key);
    expect(by("journal.keep_mb")).toMatchObject({
      group: "journal",
      group_title: "Journal",
      unit: "MiB",
      restart: false,
      schema: { type: "number", minimum: 16 },
    });
    expect(by("sandbox.processes")).toMatchObject({ restart: true });
    expect(by("policy.default")).toMatchObject({ changed: true, schema: { type: "object" } });
    expect(settings.filter(({ schema }) => Object.keys(schema).length === 0)).toEqual([]);
  });

  test("each act leaves an event by which a page knows to look again", async () => {
    const acts: [string, JsonObject, string][] = [
      ["setting.set", { key: "trash.keep_days", value: 7 }, "setting.changed"],
      ["grant.give", { module: "runner", grant: "time.now" }, "grant.given"],
      ["grant.take", { module: "runner", grant: "time.now" }, "grant.taken"],
      ["agent.disable", { id: "walker" }, "module.disabled"],
      ["agent.enable", { id: "walker" }, "module.enabled"],
      ["agent.config", { id: "walker", set: { timeout_call_ms: 5000 } }, "module.configured"],
      ["agent.file.write", { id: "walker", path: "prompt.md", content: "Walk." }, "module.file_written"],

      ["agent.new", { id: "fresh" }, "module.created"],
      ["agent.remove", { id: "fresh" }, "module.removed"],
      ["model.use", { model: "builtin", agent: "walker" }, "model.chosen"],
      ["model.key", { name: "editor", revoke: true }, "model.key_revoked"],
      ["model.remove", { name: "mine" }, "model.removed"],
      ["schedule.set", { module: "walker", id: "s", cron: "@daily" }, "schedule.set"],
      ["schedule.cancel", { module: "walker", id: "s" }, "schedule.cancelled"],
      ["secret.set", { name: "k", value: "v" }, "secret.set"],
      ["secret.delete", { name: "k" }, "secret.deleted"],
      ["memory.add", { agent: "field", memories: [{ content: "The gate is green." }] }, "owner.acted"],
      ["lesson.add", { agent: "field", situation: "s", mistake: "m", better: "b" }, "owner.acted"],
      ["session.branch", { agent: "field", session: "owner:owner", upto: 1 }, "session.branched"],
    ];
    for (const [cap, args, kind] of acts) {
      const { last_seq } = await system.result<{ last_seq: number }>("journal.query", { limit: 1 });
      await system.result(cap, args);
      const told = await events({ after: last_seq, limit: 1000 });
      const kinds = told.map((one) => one.kind);
      expect(kinds, cap).toContain(kind);
      const acted = told.find((one) => one.kind === "owner.acted" && one.subject === cap);
      const about = args.agent ?? args.module ?? (cap.startsWith("agent.") ? args.id : undefined);
      expect(acted?.data, cap).toMatchObject(about === undefined ? {} : { agent: about });
    }
  });
});
