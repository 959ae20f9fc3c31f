import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addModule, type System, startSystem, until } from "../support/system.ts";
import { ask, command, exposes, inbox, install, refused, say, show, source } from "./agents.ts";
import { writePack } from "./packs.ts";

let system: System;
let packs: string;
beforeAll(async () => {
  packs = mkdtempSync(join(tmpdir(), "fw-packs-"));
  system = await startSystem();
});
afterAll(async () => {
  await system?.end();
  rmSync(packs, { recursive: true, force: true });
});

describe("a pack", () => {
  const noter = (version: string) =>
    source(
      {
        version: `return "${version}";`,
        count: "return (await host.store.kv.get('count')) ?? 0;",
        note: "return (await host.fs.read('note.txt')).content;",
        list: "return (await host.fs.list('/shared')).entries.length;",
      },
      `async onMessage(message, host) {
        const count = ((await host.store.kv.get("count")) ?? 0) + 1;
        await host.store.kv.set("count", count);
        await host.fs.write("note.txt", message.text);
        return String(count);
      },`,
    );
  const rpc = exposes("version", "count", "note", "list");

  test("that is upgraded keeps state and workspace, and what it asks for anew is asked of the owner alone", async () => {
    const one = writePack(
      join(packs, "one.zip"),
      "noter",
      { "agent.ts": noter("one"), "old.txt": "old" },
      { ...rpc, capabilities_required: ["time.now"] },
    );
    await install(system, one);
    expect((await say(system, "noter", "remember this")).reply).toBe("1");

    const two = writePack(
      join(packs, "two.zip"),
      "noter",
      { "agent.ts": noter("two") },
      {
        ...rpc,
        version: "2.0.0",
        capabilities_required: ["time.now"],
        capabilities_optional: ["fs.list:/shared"],
      },
    );
    const seen = await system.result<{ replaces: string; new_asks: { capability: string }[] }>(
      "pack.inspect",
      { path: two },
    );
    expect(seen.replaces).toBe("1.0.0");
    expect(seen.new_asks.map((one) => one.capability)).toEqual(["fs.list"]);
    const shown = await command(system, ["agent", "install", two, "--grants", "required"]);
    expect(shown.code, shown.stderr).toBe(0);
    expect(shown.stderr + shown.stdout).toMatch(/New: it now asks for[\s\S]*fs\.list/);

    // Refused, it is asked for again with every upgrade, and yet nothing new.
    const again = await system.result<{ new_asks: unknown[] }>("pack.inspect", { path: two });
    expect(again.new_asks).toEqual([]);

    expect(await ask(system, "noter", "version")).toBe("two");
    expect(await ask(system, "noter", "count")).toBe(1);
    expect(await ask(system, "noter", "note")).toBe("remember this");
    expect(existsSync(join(system.home, "agents", "noter.fwagent", "old.txt"))).toBe(false);
    expect(await refused(system, "module.invoke", { id: "noter", function: "list" })).toMatchObject({
      code: "denied",
      details: { missing_grant: "fs.list:/shared" },
    });
    await system.result("grant.give", { module: "noter", grant: "fs.list:/shared" });
    expect(await ask(system, "noter", "list")).toBe(0);
  });

  test("that could use what does not exist here is installed without it; one that needs it is not", async () => {
    const asking = (id: string, asks: object) =>
      writePack(
        join(packs, `${id}.zip`),
        id,
        { "agent.ts": source({ say: `return "here";` }) },
        { ...exposes("say"), ...asks },
      );
    const could = asking("could", { capabilities_optional: ["stars.align:all", "time.now"] });
    await install(system, could);
    await install(system, could);
    expect(await ask(system, "could", "say")).toBe("here");
    expect((await show(system, "could")).asks).toContainEqual(
      expect.objectContaining({ capability: "stars.align:all", known: false, given: false }),
    );
    const must = asking("must", { capabilities_required: ["stars.align:all"] });
    expect(await refused(system, "pack.install", { path: must, grants: "all" })).toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("There is no capability stars.align"),
    });
  });

  test("that does not load leaves the installed version as it was, whole", async () => {
    const before = await show(system, "noter");
    const broken = writePack(
      join(packs, "broken.zip"),
      "noter",
      { "agent.ts": "export default {{{" },
      { ...rpc, version: "3.0.0", capabilities_required: ["exec.run:sh"] },
    );
    const error = await refused(system, "pack.install", { path: broken, grants: "all" });
    expect(error).toMatchObject({ code: "module_invalid", message: expect.stringContaining("agent.ts:1") });
    const after = await show(system, "noter");
    expect(after).toMatchObject({ state: "ready", version: "2.0.0", asks: before.asks });
    expect(await ask(system, "noter", "count")).toBe(1);
    const { grants } = await system.result<{ grants: { capability: string }[] }>("grant.list", {
      module: "noter",
    });
    expect(grants.map((one) => one.capability)).not.toContain("exec.run");
    expect(readdirSync(join(system.home, "staging"))).toEqual([]);
  });

  test("is upgraded under a stream of messages: each is answered once, by one version or the other", async () => {
    const counting = (version: string) =>
      source(
        { seen: "return (await host.store.kv.list('seen:')).length;" },
        `async onMessage(message, host) {
          const k = "seen:" + message.text;
          await host.store.kv.set(k, ((await host.store.kv.get(k)) ?? 0) + 1);
          return "${version}";
        },`,
      );
    const paths = ["1.0.0", "2.0.0"].map((version) =>
      writePack(
        join(packs, `stream-${version}.zip`),
        "stream",
        { "agent.ts": counting(version) },
        { version, ...exposes("seen") },
      ),
    );
    await install(system, paths[0] as string);
    const accepted: string[] = [];
    let stopped = false;
    const clients = [0, 1, 2].map(async (client) => {
      for (let at = 0; !stopped; at++) {
        const { id } = await system.result<{ id: string }>("message.send", {
          to: "stream",
          text: `c${client}-${at}`,
          session: `s${client}`,
        });
        accepted.push(id);
      }
    });
    for (let round = 1; round <= 4; round++)
      await system.result("pack.install", { path: paths[round % 2] as string, grants: "all" });
    stopped = true;
    await Promise.all(clients);
    await until("all are done", async () => {
      const mail = await inbox(system, "stream");
      return mail.every((one) => one.state === "done" || one.state === "failed") && mail;
    });
    const db = new DatabaseSync(join(system.home, "agents", "stream.fwagent", "state.db"), {
      readOnly: true,
    });
    const rows = new Map(
      (
        db.prepare("SELECT id, state, error FROM inbox").all() as {
          id: string;
          state: string;
          error: string | null;
        }[]
      ).map((row) => [row.id, row]),
    );
    const counts = db.prepare("SELECT v FROM store_kv WHERE k LIKE 'seen:%'").all() as { v: string }[];
    db.close();
    expect(accepted.length).toBeGreaterThan(20);
    expect(accepted.filter((id) => !rows.has(id))).toEqual([]);
    expect(counts.filter(({ v }) => v !== "1")).toEqual([]);
    expect(counts.length).toBeGreaterThanOrEqual(
      [...rows.values()].filter((row) => row.state === "done").length,
    );
    const failed = accepted.flatMap((id) => (rows.get(id)?.state === "failed" ? [rows.get(id)?.error] : []));
    for (const error of failed) expect(error).toContain("it is being replaced");
    expect(failed.length).toBeLessThan(accepted.length / 2);
  });

  test("is removed with its grants; the folder is in the trash, and installed anew it begins anew", async () => {
    const { path } = await system.result<{ path: string }>("agent.export", { id: "noter" });
    expect((await command(system, ["agent", "remove", "noter"])).code).toBe(0);
    expect(await refused(system, "agent.show", { id: "noter" })).toMatchObject({ code: "not_found" });
    const { grants } = await system.result<{ grants: unknown[] }>("grant.list", { module: "noter" });
    expect(grants).toEqual([]);
    expect(readdirSync(join(system.home, "trash")).some((name) => name.startsWith("noter-"))).toBe(true);
    await install(system, path);
    expect(await ask(system, "noter", "count")).toBe(0);
    await system.result("agent.remove", { id: "noter", purge: true });
    expect(existsSync(join(system.home, "agents", "noter.fwagent"))).toBe(false);
  });

  test("is watched after it was installed and upgraded like any folder", async () => {
    const one = writePack(
      join(packs, "watched.zip"),
      "watched",
      { "agent.ts": source({ say: "return 1;" }) },
      exposes("say"),
    );
    await install(system, one);
    await install(system, one);
    expect(await ask(system, "watched", "say")).toBe(1);
    writeFileSync(join(system.home, "agents", "watched.fwagent", "agent.ts"), source({ say: "return 2;" }));
    await until("the edit is in force", async () => (await ask(system, "watched", "say")) === 2);
  });

  test("installed while another agent is edited does not hide the edit", async () => {
    await addModule(system, "edited", { "agent.ts": source({ say: "return 1;" }) }, exposes("say"));
    const installing = system.result("pack.install", { path: join(packs, "watched.zip"), grants: "all" });
    writeFileSync(join(system.home, "agents", "edited.fwagent", "agent.ts"), source({ say: "return 2;" }));
    await installing;
    await until("the edit is in force", async () => (await ask(system, "edited", "say")) === 2);
  });
});
