import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addModule, type System, startSystem, until, writeModule } from "../support/system.ts";
import { ask, command, events, exposes, refused, show, source } from "./agents.ts";

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.end());

const folderOf = (id: string) => join(system.home, "agents", `${id}.fwagent`);
const edit = (id: string, file: string, text: string) => writeFileSync(join(folderOf(id), file), text);
const editManifest = (id: string, change: object) => {
  const path = join(folderOf(id), "manifest.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...change }));
};
const answers = (id: string, fn: string, reply: string) =>
  until(
    `${id} answers ${reply}`,
    async () => (await ask<string>(system, id, fn).catch(() => undefined)) === reply,
  );

/** `wait` answers with a word once `say` was told that it is over. */
const WAIT = (word: string) => ({
  wait: `await host.store.kv.set("began", "${word}");
    while ((await host.store.kv.get("over")) !== true) await new Promise((go) => setTimeout(go, 20));
    return "${word}";`,
  say: `if (args.over) await host.store.kv.set("over", true);
    return args.began ? await host.store.kv.get("began") : "${word}";`,
});
const waiting = (word: string) => source(WAIT(word));
/** Keeps a diary of its hooks, which any of its versions can read. */
const hooked = (word: string) => {
  const write = (what: string) =>
    `await host.store.kv.set("diary", ((await host.store.kv.get("diary")) ?? "") + "${what} ${word},");`;
  return source(
    { diary: `return (await host.store.kv.get("diary")) ?? "";`, ...WAIT(word) },
    `async onLoad(host) { ${write("load")} }, async onStop(host) { ${write("stop")} },
     async boot(host) { ${write("boot")} await new Promise((go) => setTimeout(go, 600000)); },`,
  );
};
/** The reply of `wait`, in a list so that it is not waited for; given when that call is under way. */
const begin = async (id: string, word: string): Promise<readonly [Promise<string>]> => {
  const reply = ask<string>(system, id, "wait");
  reply.catch(() => {});
  await until("the call has begun", async () => (await ask(system, id, "say", { began: true })) === word);
  return [reply];
};
const loadedTimes = async (id: string) =>
  (await events(system, "module.loaded")).filter((one) => one.subject === id).length;

describe("an edit of an agent's source", () => {
  test("is in force at the next call, with what it imports from its folder", async () => {
    await addModule(
      system,
      "editor",
      {
        "agent.ts": `import { word } from "./word.ts";\nimport { deep } from "./lib/deep.ts";\n${source({ say: `return word + " " + deep;` })}`,
        "word.ts": `export const word: string = "one";`,
        "lib/deep.ts": `export const deep: string = "deep one";`,
      },
      exposes("say"),
    );
    expect(await ask(system, "editor", "say")).toBe("one deep one");
    edit("editor", "word.ts", `export const word: string = "two";`);
    await answers("editor", "say", "two deep one");
    edit("editor", "lib/deep.ts", `export const deep: string = "deep two";`);
    await answers("editor", "say", "two deep two");
    edit("editor", "agent.ts", source({ say: `return "alone";` }));
    await answers("editor", "say", "alone");
  });

  test("written by an editor that puts a new file in the place of the old one is seen, again and again", async () => {
    await addModule(system, "renamer", { "agent.ts": source({ say: `return "0";` }) }, exposes("say"));
    for (const word of ["1", "2", "3"]) {
      edit("renamer", "agent.ts.swp", source({ say: `return "${word}";` }));
      renameSync(join(folderOf("renamer"), "agent.ts.swp"), join(folderOf("renamer"), "agent.ts"));
      await answers("renamer", "say", word);
    }
  });

  test("in a folder of sources that is made later is seen", async () => {
    await addModule(system, "grower", { "agent.ts": source({ say: `return "0";` }) }, exposes("say"));
    mkdirSync(join(folderOf("grower"), "parts", "inner"), { recursive: true });
    edit("grower", "parts/inner/word.ts", `export const word = "first";`);
    edit(
      "grower",
      "agent.ts",
      `import { word } from "./parts/inner/word.ts";\n${source({ say: "return word;" })}`,
    );
    await answers("grower", "say", "first");
    edit("grower", "parts/inner/word.ts", `export const word = "second";`);
    await answers("grower", "say", "second");
  });

  test("lets the calls under way end with what they began with, even when it does not compile", async () => {
    await addModule(system, "busy", { "agent.ts": waiting("old") }, exposes("wait", "say"));
    const [first] = await begin("busy", "old");
    edit("busy", "agent.ts", waiting("new"));
    await answers("busy", "say", "new");
    const [second] = await begin("busy", "new");
    edit("busy", "agent.ts", "this is not TypeScript");
    await until("it is broken", async () => (await show(system, "busy")).state === "broken");
    edit("busy", "agent.ts", waiting("mended"));
    await answers("busy", "say", "mended");
    await ask(system, "busy", "say", { over: true });
    expect(await first).toBe("old");
    expect(await second).toBe("new");
  });

  test("tells the old program that it stops before the new one is loaded, and starts a daemon anew", async () => {
    await addModule(
      system,
      "hooked",
      { "agent.ts": hooked("old"), "prompt.md": "You are old." },
      exposes("diary", "boot"),
    );
    await until("the daemon runs", async () =>
      (await ask<string>(system, "hooked", "diary")).includes("boot"),
    );
    const before = await ask<string>(system, "hooked", "diary");
    edit("hooked", "agent.ts", hooked("new"));
    const after = await until("the new daemon runs", async () => {
      const diary = await ask<string>(system, "hooked", "diary");
      return diary.includes("boot new") && diary;
    });
    expect(after).toBe(`${before}stop old,load new,boot new,`);
  });
});

describe("an edit that changes no code", () => {
  test("of the prompt touches nothing that runs: no call, no daemon, no hook", async () => {
    await addModule(
      system,
      "prompted",
      { "agent.ts": hooked("only"), "prompt.md": "You are old." },
      exposes("diary", "boot", "wait", "say"),
    );
    await until("the daemon runs", async () =>
      (await ask<string>(system, "prompted", "diary")).includes("boot"),
    );
    const [waits] = await begin("prompted", "only");
    const loads = await loadedTimes("prompted");
    edit("prompted", "prompt.md", "You are new.");
    await until("the edit is read", async () => (await loadedTimes("prompted")) > loads);
    await system.result("agent.file.write", {
      id: "prompted",
      path: "prompt.md",
      content: "You are newer.",
    });
    expect(await ask<string>(system, "prompted", "diary")).toBe("load only,boot only,");
    await ask(system, "prompted", "say", { over: true });
    expect(await waits).toBe("only");
  });
});

describe("calls under way end at once", () => {
  test.each(["agent.disable", "agent.remove"])("by %s", async (cap) => {
    const id = `cut-by-${cap.slice(6)}`;
    await addModule(system, id, { "agent.ts": waiting("old") }, exposes("wait", "say"));
    const [waits] = await begin(id, "old");
    await system.result(cap, { id });
    await expect(waits).rejects.toThrow("cancelled");
  });
});

describe("a broken edit", () => {
  test("shows its problem with file and line everywhere, stops nobody else, and is over when it is mended", async () => {
    await addModule(system, "fragile", { "agent.ts": source({ say: `return "whole";` }) }, exposes("say"));
    await addModule(system, "sturdy", { "agent.ts": source({ say: `return "sturdy";` }) }, exposes("say"));
    edit("fragile", "agent.ts", `import { agent } from "fieldwork";\n\nexport default agent({ rpc: {{ });\n`);
    const broken = await until("it is broken", async () => {
      const info = await show(system, "fragile");
      return info.state === "broken" && info;
    });
    expect(broken.problems.join("\n")).toMatch(/agent\.ts:3/);
    expect((await command(system, ["agent", "list"])).stdout).toMatch(/fragile.*broken/);
    expect((await command(system, ["agent", "show", "fragile"])).stdout).toMatch(/agent\.ts:3/);
    const [told, ...again] = (await events(system, "module.broken")).filter(
      (one) => one.subject === "fragile",
    );
    expect(JSON.stringify(told?.data)).toMatch(/agent\.ts:3/);
    expect(again).toEqual([]);
    expect(await refused(system, "module.invoke", { id: "fragile", function: "say" })).toMatchObject({
      code: "module_invalid",
      message: expect.stringMatching(/agent\.ts:3/),
    });
    expect(await ask(system, "sturdy", "say")).toBe("sturdy");
    const health = await system.result<{ state: string; problems: { part: string }[] }>("system.health");
    expect(health.state).toBe("degraded");
    expect(health.problems.map((one) => one.part)).toContain("fragile");

    edit("fragile", "agent.ts", source({ say: `return "mended";` }));
    await answers("fragile", "say", "mended");
    expect((await show(system, "fragile")).state).toBe("ready");
  });

  test("that fails as it is loaded stays told, whatever else is written beside it", async () => {
    await addModule(system, "faller", { "agent.ts": source({ say: `return "whole";` }) }, exposes("say"));
    edit("faller", "agent.ts", `throw new Error("it falls");\n${source({ say: `return "fell";` })}`);
    await until("it is broken", async () => (await show(system, "faller")).state === "broken");
    const times = await loadedTimes("faller");
    edit("faller", "prompt.md", "Be brief.");
    await until("its folder was read", async () => (await loadedTimes("faller")) > times);
    expect(await show(system, "faller")).toMatchObject({ state: "broken" });
  });

  test("of a file that is imported is told of that file", async () => {
    await addModule(
      system,
      "importer",
      {
        "agent.ts": `import { word } from "./word.ts";\n${source({ say: "return word;" })}`,
        "word.ts": `export const word = "good";`,
      },
      exposes("say"),
    );
    edit("importer", "word.ts", `\n\nexport const word = ;\n`);
    const broken = await until("it is broken", async () => {
      const info = await show(system, "importer");
      return info.state === "broken" && info;
    });
    expect(broken.problems.join("\n")).toMatch(/word\.ts:3/);
  });

  test("that only shows when the code runs names its file and line in the error", async () => {
    await addModule(system, "thrower", { "agent.ts": source({ say: `return "";` }) }, exposes("say"));
    edit("thrower", "agent.ts", source({ say: `return args.missing.deeper;` }));
    const error = await until("it fails", async () => {
      const reply = await system.call("module.invoke", { id: "thrower", function: "say" });
      return !reply.ok && reply.error;
    });
    expect(error.code).toBe("module_crashed");
    expect(JSON.stringify(error)).toMatch(/agent\.ts:4/);
  });

  test("of a manifest shows all its problems at once", async () => {
    await addModule(system, "listed", { "agent.ts": source({ say: `return "";` }) }, exposes("say"));
    editManifest("listed", {
      kind: "robot",
      memory_max_mb: -1,
      surprise: 1,
      capabilities_required: ["store.kv.get"],
    });
    const broken = await until("it is broken", async () => {
      const info = await show(system, "listed");
      return info.state === "broken" && info;
    });
    const all = broken.problems.join("\n");
    for (const field of ["kind", "memory_max_mb", "surprise"]) expect(all).toContain(field);
    editManifest("listed", { kind: "agent", memory_max_mb: 64, surprise: undefined });
    await answers("listed", "say", "");
  });
});

describe("an edit of the manifest", () => {
  test("changes the limits in force", async () => {
    await addModule(
      system,
      "limited",
      { "agent.ts": source({ spin: "await new Promise((go) => setTimeout(go, 60000));" }) },
      exposes("spin"),
    );
    editManifest("limited", { timeout_call_ms: 200, memory_max_mb: 96 });
    await until("the limits are read", async () => {
      const config = await system.result<{ timeout_call_ms: number; memory_max_mb: number }>("agent.config", {
        id: "limited",
      });
      return config.timeout_call_ms === 200 && config.memory_max_mb === 96;
    });
    expect(await refused(system, "module.invoke", { id: "limited", function: "spin" })).toMatchObject({
      code: "timeout",
    });
  });

  test("that asks for more is asked of the owner and is not in force before", async () => {
    await addModule(
      system,
      "greedy",
      { "agent.ts": source({ list: "return (await host.fs.list('/shared')).entries.length;" }) },
      exposes("list"),
    );
    editManifest("greedy", { capabilities_required: ["fs.list:/shared"], version: "1.1.0" });
    const info = await until("it asks", async () => {
      const now = await show(system, "greedy");
      return now.version === "1.1.0" && now;
    });
    expect(info.state).toBe("ready");
    expect(info.asks).toMatchObject([{ capability: "fs.list", scope: "/shared", given: false }]);
    expect(await refused(system, "module.invoke", { id: "greedy", function: "list" })).toMatchObject({
      code: "denied",
      details: { missing_grant: "fs.list:/shared" },
    });
    await system.result("grant.give", { module: "greedy", grant: "fs.list:/shared" });
    expect(await ask(system, "greedy", "list")).toBe(0);
  });
});

describe("a folder", () => {
  test("dropped into the home is noticed as new, and none of it runs before it is approved", async () => {
    const made = writeModule(
      system.home,
      "stranger",
      {
        "agent.ts": source(
          { say: `return "hello";`, boot: "" },
          `onLoad(host) { return host.fs.write("ran.txt", "ran"); }, boot(host) { return host.fs.write("booted.txt", "ran"); },`,
        ).replace("boot: { async run(args, host) {  } },", ""),
      },
      exposes("say", "boot"),
    );
    const info = await until("it is noticed", async () => {
      const reply = await system.call("agent.show", { id: "stranger" });
      return reply.ok && (reply.result as Awaited<ReturnType<typeof show>>);
    });
    expect(info).toMatchObject({ state: "new", daemon: null });
    for (const [cap, args] of [
      ["module.invoke", { id: "stranger", function: "say" }],
      ["agent.enable", { id: "stranger" }],
    ] as const) {
      expect(await refused(system, cap, args)).toMatchObject({ message: expect.stringContaining("approv") });
    }
    edit("stranger", "more.ts", "export {};");
    await until("the edit is read", async () =>
      (await events(system, "module.loaded")).some((one) => one.subject === "stranger"),
    );
    expect((await events(system, "module.called")).filter((one) => one.actor === "stranger")).toEqual([]);
    expect(readdirSync(join(made, "workspace"))).toEqual([]);
    await system.result("agent.approve", { id: "stranger" });
    expect(await ask(system, "stranger", "say")).toBe("hello");
  });

  test("copied in slowly is whole in the end", async () => {
    const whole = writeModule(
      system.home,
      "slow-master",
      { "agent.ts": source({ say: `return "slow";` }) },
      exposes("say"),
    );
    const partial = join(system.home, "agents", "slow-copy.fwagent");
    mkdirSync(partial);
    await until("it is noticed", async () => (await system.call("agent.show", { id: "slow-copy" })).ok);
    expect((await show(system, "slow-copy")).state).toBe("broken");
    cpSync(join(whole, "agent.ts"), join(partial, "agent.ts"));
    const manifest = JSON.parse(readFileSync(join(whole, "manifest.json"), "utf8"));
    writeFileSync(join(partial, "manifest.json"), JSON.stringify({ ...manifest, id: "slow-copy" }));
    await until("it is whole", async () => (await show(system, "slow-copy")).state === "new");
    await system.result("agent.approve", { id: "slow-copy" });
    expect(await ask(system, "slow-copy", "say")).toBe("slow");
  });

  test("removed is forgotten, its calls end, and the others go on", async () => {
    await addModule(
      system,
      "leaver",
      { "agent.ts": source({ wait: "await new Promise((go) => setTimeout(go, 60000));" }) },
      exposes("wait"),
    );
    const waiting = refused(system, "module.invoke", { id: "leaver", function: "wait" });
    await until("it runs", async () => (await show(system, "leaver")).state === "ready");
    rmSync(folderOf("leaver"), { recursive: true });
    await until("it is gone", async () => !(await system.call("agent.show", { id: "leaver" })).ok);
    expect((await waiting).code).toMatch(/cancelled|not_found|unavailable/);
    expect(await refused(system, "module.invoke", { id: "leaver", function: "wait" })).toMatchObject({
      code: "not_found",
    });
    expect((await system.result<{ state: string }>("system.health")).state).toMatch(/ready|degraded/);
  });
});
