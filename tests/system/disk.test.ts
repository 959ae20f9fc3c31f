import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, test } from "vitest";
import type { Health } from "../../contract/index.ts";
import { addModule, type System, startSystem, until } from "../support/system.ts";
import { ask, exposes, inbox, refused, source } from "./agents.ts";
import { writePack } from "./packs.ts";

const SIZE_MB = 24;

let place: string | undefined;
let system: System | undefined;
afterEach(async () => {
  await system?.end();
  system = undefined;
  if (place !== undefined) {
    execFileSync("umount", ["-l", place]);
    rmSync(place, { recursive: true, force: true });
  }
  place = undefined;
});

/** A disk of its own, small enough to fill; `undefined` where this account may not mount one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "fw-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MB}m`, "tmpfs", folder], { stdio: "ignore" });
    place = folder;
    return folder;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}
const NO_MOUNT = "this account may not mount a small disk";

const degraded = async (now: System) =>
  (await now.result<Health>("system.health")).problems.filter(({ level }) => level === "degraded");

/** Takes all the space that is left but some bytes. */
function fill(folder: string): () => void {
  const file = join(folder, "ballast");
  let written = 0;
  for (let size = 1 << 20; size >= 4096; ) {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < size) {
      size >>= 1;
      continue;
    }
    writeFileSync(`${file}-${written++}`, Buffer.alloc(size, 1));
  }
  return () => {
    for (let at = 0; at < written; at++) rmSync(`${file}-${at}`);
  };
}

const keeper = source(
  {
    put: "await host.store.kv.set(args.k, 'x'.repeat(args.size)); return 'kept';",
    get: "return ((await host.store.kv.get(args.k)) ?? '').length;",
    write: "await host.fs.write(args.path, 'x'.repeat(args.size)); return 'written';",
  },
  `async onMessage(message, host) {
    await host.store.kv.set("seen:" + message.text, 1);
    return "seen " + message.text;
  },`,
);

describe("a full disk", () => {
  test("is said clearly, loses nothing that was accepted, and is over when there is space again", {
    timeout: 120_000,
  }, async ({ skip }) => {
    const disk = smallDisk();
    if (disk === undefined) return skip(NO_MOUNT);
    const home = join(disk, "home");
    const now = await startSystem({ home });
    system = now;
    await addModule(now, "keeper", { "agent.ts": keeper }, exposes("put", "get", "write"));
    expect(await ask(now, "keeper", "put", { k: "before", size: 1000 })).toBe("kept");
    const pack = writePack(join(tmpdir(), `fw-full-${process.pid}.fwagent.zip`), "large", {
      "agent.ts": source({}),
      "ballast.bin": crypto.getRandomValues(new Uint8Array(65_536)),
    });

    const free = fill(disk);
    const accepted: string[] = [];
    const refusals: { code: string; message: string }[] = [];
    for (let at = 0; at < 200 && refusals.length < 20; at++) {
      const reply = await now.call("message.send", { to: "keeper", text: `m${at} ${"x".repeat(2000)}` });
      if (reply.ok) accepted.push((reply.result as { id: string }).id);
      else refusals.push(reply.error);
    }
    expect(refusals.length).toBeGreaterThan(0);
    for (const error of refusals) expect(error.code, error.message).toBe("storage_failed");
    const write = { id: "keeper", function: "write", args: { path: "large.txt", size: 500_000 } };
    expect(await refused(now, "module.invoke", write)).toMatchObject({ code: "storage_failed" });
    const put = { id: "keeper", function: "put", args: { k: "large", size: 500_000 } };
    expect(await refused(now, "module.invoke", put)).toMatchObject({ code: "storage_failed" });
    expect(await refused(now, "pack.install", { path: pack, grants: "all" })).toMatchObject({
      code: "storage_failed",
    });
    expect(await refused(now, "agent.show", { id: "large" })).toMatchObject({ code: "not_found" });
    await until("the full disk is told", async () =>
      (await degraded(now)).some(({ part, what }) => part === "disk" && /Only 0 MiB are free/.test(what)),
    );

    free();
    rmSync(pack);
    await until("it works again", async () => {
      const reply = await now.call("module.invoke", {
        id: "keeper",
        function: "put",
        args: { k: "after", size: 1000 },
      });
      return reply.ok;
    });
    await until("everything that was accepted is done", async () => {
      const { inbox: mail } = await now.result<Health>("system.health");
      return mail.waiting === 0 && mail.running === 0;
    });
    const done = new Map((await inbox(now, "keeper")).map((mail) => [mail.id, mail]));
    for (const id of accepted) expect(["done", "failed"], id).toContain(done.get(id)?.state);
    expect(await ask(now, "keeper", "get", { k: "before" })).toBe(1000);
    await until(
      "the journal is written",
      async () => (await now.result<Health>("system.health")).journal.unwritten === 0,
    );
    expect(await degraded(now)).toEqual([]);
    expect(await now.result("journal.verify")).toMatchObject({ ok: true });
    expect(await now.stop()).toBe(0);
    for (const file of ["fieldwork.db", "journal.db", "agents/keeper.fwagent/state.db"]) {
      const db = new DatabaseSync(join(home, file));
      expect(db.prepare("PRAGMA quick_check").all(), file).toEqual([{ quick_check: "ok" }]);
      db.close();
    }
  });

  test("at the start is said with what to do; nothing is damaged and it starts when there is space", async ({
    skip,
  }) => {
    const disk = smallDisk();
    if (disk === undefined) return skip(NO_MOUNT);
    const home = join(disk, "home");
    const first = await startSystem({ home });
    await addModule(first, "keeper", { "agent.ts": keeper }, exposes("put", "get", "write"));
    await ask(first, "keeper", "put", { k: "before", size: 1000 });
    await first.kill();
    const free = fill(disk);
    for (let at = 0; at < 3; at++) {
      const printed = await startSystem({ home }).then(
        async (one) => {
          await one.end();
          return "it started";
        },
        (error: Error) => error.message,
      );
      expect(printed).toMatch(/it started|full|disk|space/i);
    }
    free();
    system = await startSystem({ home });
    expect(await ask(system, "keeper", "get", { k: "before" })).toBe(1000);
    expect(await system.result("journal.verify")).toMatchObject({ ok: true });
  });
});

describe("a read-only disk", () => {
  test("at the start is refused by name", async ({ skip }) => {
    const disk = smallDisk();
    if (disk === undefined) return skip(NO_MOUNT);
    const home = join(disk, "home");
    await (await startSystem({ home })).stop();
    execFileSync("mount", ["-o", "remount,ro", disk]);
    const printed = await startSystem({ home }).catch((error: Error) => error.message);
    expect(printed).toMatch(/error: The home folder .* is on a read-only file system\./);
    expect(printed).toMatch(/remedy: .*FIELDWORK_HOME/);
  });
});
