import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Health } from "../../contract/index.ts";
import { copyProgram } from "../support/program.ts";
import { addModule, freshHome, type System, startSystem, until, writeModule } from "../support/system.ts";
import { ask, command, events, exposes, refused, source } from "./agents.ts";
import { writePack } from "./packs.ts";

/** Of the repository; a server runs from here, so that its core can be changed. */
let root: string;
let system: System | undefined;
let home: string;
const PASSWORD = "correct horse battery";

beforeAll(() => {
  root = copyProgram();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  home = freshHome();
});
afterEach(async () => {
  await system?.end();
  system = undefined;
  rmSync(home, { recursive: true, force: true });
});

const start = async () => {
  system = await startSystem({ home, root });
  return system;
};
const health = (now: System) => now.result<Health>("system.health");
const inSafeMode = (now: System) =>
  until("safe mode", async () => {
    const found = await health(now);
    return found.state === "safe_mode" && found;
  });

/** Changes one byte of a file of the core, and puts it back afterwards. */
async function withChanged<T>(
  file: string,
  work: (change: () => void, restore: () => void) => Promise<T>,
): Promise<T> {
  const path = join(root, file);
  const before = readFileSync(path);
  const restore = () => writeFileSync(path, before);
  try {
    return await work(() => appendFileSync(path, "\n"), restore);
  } finally {
    restore();
  }
}

/** An agent that could do everything, were it not for safe mode. */
async function addAble(now: System): Promise<void> {
  await addModule(
    now,
    "able",
    {
      "agent.ts": source({
        run: "return (await host.exec.run('echo', ['hi'])).stdout;",
        get: "return await host.http.fetch('http://127.0.0.1:9/');",
        boot: "",
      }),
    },
    { ...exposes("run", "get"), capabilities_required: ["exec.run:echo", "http.fetch:http://127.0.0.1:9/"] },
  );
}

async function expectSafe(now: System): Promise<void> {
  const pack = writePack(join(home, "late.fwagent.zip"), "late", { "agent.ts": source({}) });
  for (const [cap, args] of [
    ["exec.run", { program: "echo", args: ["hi"] }],
    ["http.fetch", { url: "http://127.0.0.1:9/" }],
    ["pack.install", { path: pack, grants: "all" }],
    ["agent.new", { id: "newcomer" }],
    ["agent.approve", { id: "able" }],
    ["grant.give", { module: "able", grant: "exec.run:sh" }],
    ["message.send", { to: "able", text: "hello" }],
    ["module.invoke", { id: "able", function: "run" }],
    ["setting.set", { key: "limits.calls_per_second", value: 5 }],
  ] as const)
    expect(await refused(now, cap, args), cap).toMatchObject({ code: "safe_mode" });
  for (const [cap, args] of [
    ["agent.list", {}],
    ["agent.show", { id: "able" }],
    ["message.list", { to: "able" }],
    ["journal.query", {}],
    ["journal.verify", {}],
    ["grant.list", {}],
    ["setting.list", {}],
  ] as const)
    expect((await now.call(cap, args)).ok, cap).toBe(true);
}

describe("a changed byte in the core", () => {
  test("while the system was stopped means safe mode at the next start: nothing reaches outside, one can look, and health says why", async () => {
    const first = await start();
    await addAble(first);
    expect(await ask(first, "able", "run")).toBe("hi\n");
    expect(await first.stop()).toBe(0);
    await withChanged("kernel/metrics/metrics.ts", async (change, restore) => {
      change();
      const now = await start();
      const found = await health(now);
      expect(found.state).toBe("safe_mode");
      expect(found.problems).toContainEqual({
        level: "degraded",
        part: "core",
        what: "kernel/metrics/metrics.ts was changed",
        remedy: "Restore the file, or seal the core as it is.",
        action: { name: "seal_core", page: "/health", command: "fw reseal" },
      });
      await expectSafe(now);
      const status = await command(now, ["status"]);
      expect(status.stdout).toContain("kernel/metrics/metrics.ts was changed");
      expect((await events(now, "system.safe_mode")).at(-1)?.data).toEqual({
        problems: ["kernel/metrics/metrics.ts was changed"],
      });
      expect(await now.stop()).toBe(0);
      restore();
      const mended = await start();
      expect((await health(mended)).state).toBe("ready");
      expect(await ask(mended, "able", "run")).toBe("hi\n");
    });
  });

  test("while it runs means safe mode within moments, also for daemons and calls under way; restored, it is over", async () => {
    const now = await start();
    await addAble(now);
    await withChanged("contract/event.ts", async (change, restore) => {
      change();
      expect((await inSafeMode(now)).problems).toContainEqual(
        expect.objectContaining({ part: "core", what: "contract/event.ts was changed" }),
      );
      await expectSafe(now);
      restore();
      await until("it is over", async () => (await health(now)).state === "ready");
      expect(await ask(now, "able", "run")).toBe("hi\n");
    });
  });

  test("of a module that runs already denies what it asks for next", async () => {
    const now = await start();
    await addModule(
      now,
      "lasting",
      {
        "agent.ts": source({
          last: "await host.store.kv.set('began', true); for (;;) { try { await host.exec.run('echo', ['hi']); } catch (error) { return error.code; } await new Promise((go) => setTimeout(go, 50)); }",
          began: "return (await host.store.kv.get('began')) ?? false;",
        }),
      },
      { ...exposes("last", "began"), capabilities_required: ["exec.run:echo"] },
    );
    const lasting = ask<string>(now, "lasting", "last");
    await until("it runs", async () => ask<boolean>(now, "lasting", "began"));
    await withChanged("kernel/index.ts", async (change) => {
      change();
      expect(await lasting).toBe("safe_mode");
    });
  });

  test("a file added to the core, in a new folder too, is noticed", async () => {
    const now = await start();
    const added = join(root, "kernel", "added");
    cpSync(join(root, "kernel", "watch"), added, { recursive: true });
    try {
      const { problems } = await inSafeMode(now);
      expect(problems.map((one) => one.what)).toContain("kernel/added/index.ts was added");
    } finally {
      rmSync(added, { recursive: true });
    }
    await until("it is over", async () => (await health(now)).state === "ready");
  });
});

describe("sealing anew", () => {
  test("needs the owner's password; a wrong one changes nothing", async () => {
    const now = await start();
    const setup = await command(now, ["setup", "--owner", "Ada", "--password-stdin"], PASSWORD);
    expect(setup).toMatchObject({ code: 0 });
    await withChanged("kernel/metrics/metrics.ts", async (change) => {
      change();
      await inSafeMode(now);
      const wrong = await command(now, ["reseal", "--password-stdin"], "not the password");
      expect(wrong.code).toBe(1);
      expect(wrong.stderr).toContain("not the owner's password");
      expect((await health(now)).state).toBe("safe_mode");
      const right = await command(now, ["reseal", "--password-stdin"], PASSWORD);
      expect(right).toMatchObject({ code: 0 });
      expect((await health(now)).state).toBe("ready");
      expect(await now.stop()).toBe(0);
      expect((await health(await start())).state).toBe("ready");
    });
    await until(
      "the old form is a change now",
      async () => (await health(system as System)).state === "safe_mode",
    );
  });

  test("without an owner is refused with what to do", async () => {
    const now = await start();
    expect(await refused(now, "system.reseal", { password: PASSWORD })).toMatchObject({
      code: "conflict",
      action: { command: "fw setup --owner NAME" },
    });
  });

  test("a second owner is refused", async () => {
    const now = await start();
    await now.result("system.setup", { owner: "Ada", password: PASSWORD });
    expect(await refused(now, "system.setup", { owner: "Eve", password: "another password" })).toMatchObject({
      code: "conflict",
    });
    expect(await refused(now, "system.reseal", { password: "another password" })).toMatchObject({
      code: "denied",
    });
  });
});

describe("the seal itself", () => {
  const begin = async () => {
    const now = await start();
    await now.result("system.setup", { owner: "Ada", password: PASSWORD });
    writeModule(home, "able", { "agent.ts": source({}) });
    await until("able is noticed", async () => (await now.call("agent.show", { id: "able" })).ok);
    expect(await now.stop()).toBe(0);
  };
  const spoilt: readonly (readonly [string, () => void, RegExp])[] = [
    ["removed", () => rmSync(join(home, "seal.json")), /seal is missing/],
    [
      "altered",
      () => edit("seal.json", (text) => text.replace(/"kernel\/index.ts": "./, '"kernel/index.ts": "x')),
      /signature does not hold/,
    ],
    ["garbled", () => writeFileSync(join(home, "seal.json"), "{"), /cannot be read/],
    ["signed by another's key", () => signedByAnother(), /another key/],
  ];
  const edit = (file: string, change: (text: string) => string) => {
    const path = join(home, file);
    const text = readFileSync(path, "utf8");
    const changed = change(text);
    expect(changed).not.toBe(text);
    writeFileSync(path, changed);
  };
  /** What somebody does who may write the home but does not know the password: a whole new seal of their own. */
  function signedByAnother(): void {
    const other = freshHome();
    try {
      execFileSync(process.execPath, [join(root, "main.ts"), "--home", other, "--migrate-only"]);
      cpSync(join(other, "seal.json"), join(home, "seal.json"));
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  }

  test.for(spoilt)("%s means safe mode", async ([, spoil, why]) => {
    await begin();
    spoil();
    const now = await start();
    const found = await health(now);
    expect(found.state).toBe("safe_mode");
    expect(found.problems.map((one) => one.what).join()).toMatch(why);
    await expectSafe(now);
  });

  test("removed together with its key is no way out of safe mode once there is an owner", async () => {
    await begin();
    await withChanged("kernel/metrics/metrics.ts", async (change) => {
      change();
      rmSync(join(home, "seal.json"));
      rmSync(join(home, "seal.key"));
      expect((await health(await start())).state).toBe("safe_mode");
    });
  });

  test("is mended by sealing anew, as long as its key is there", async () => {
    await begin();
    rmSync(join(home, "seal.json"));
    const now = await start();
    await now.result("system.reseal", { password: PASSWORD });
    expect((await health(now)).state).toBe("ready");
  });

  test.for([
    ["removed", (path: string) => rmSync(path), "conflict"],
    ["garbled", (path: string) => writeFileSync(path, "{"), "conflict"],
    [
      "altered",
      (path: string) => writeFileSync(path, readFileSync(path, "utf8").replace(/"box": "./, '"box": "x')),
      "denied",
    ],
  ] as const)(
    "still holds when its key is %s; only sealing anew is refused, with the reason",
    async ([, spoil, code]) => {
      await begin();
      spoil(join(home, "seal.key"));
      const now = await start();
      expect((await health(now)).state).toBe("ready");
      expect(await refused(now, "system.reseal", { password: PASSWORD })).toMatchObject({ code });
    },
  );
});
