import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Health } from "../../contract/index.ts";
import { addModule, freshHome, type System, startSystem, until } from "../support/system.ts";
import { ask, events, exposes, show, source } from "./agents.ts";

const edit = (home: string, id: string, text: string) =>
  writeFileSync(join(home, "agents", `${id}.fwagent`, "agent.ts"), text);

async function startWith(agents: Readonly<Record<string, string>>): Promise<{
  readonly home: string;
  restart(): Promise<System>;
}> {
  const home = freshHome();
  let system = await startSystem({ home });
  onTestFinished(() => system.end());
  for (const [id, text] of Object.entries(agents))
    await addModule(system, id, { "agent.ts": text }, exposes("say"));
  return {
    home,
    async restart() {
      await system.stop();
      system = await startSystem({ home });
      return system;
    },
  };
}

test("what was broken while the system was down shows after the start without a call, at its line", async () => {
  const { home, restart } = await startWith({
    torn: source({ say: `return "whole";` }),
    thrower: source({ say: `return "whole";` }),
    whole: source({ say: `return "whole";` }),
  });
  edit(home, "torn", `import { agent } from "fieldwork";\n\nexport default agent({ rpc: {{ });\n`);
  edit(home, "thrower", `import { agent } from "fieldwork";\n\nthrow new Error("never loads");\n`);
  const system = await restart();
  for (const id of ["torn", "thrower"]) {
    const info = await until(`${id} is broken`, async () => {
      const now = await show(system, id);
      return now.state === "broken" && now;
    });
    expect(info.diagnostics).toMatchObject([{ file: "agent.ts", line: 3 }]);
  }
  expect((await events(system, "module.called")).filter(({ actor }) => actor === "torn")).toEqual([]);
  expect((await show(system, "whole")).state).toBe("ready");
  expect(await ask(system, "whole", "say")).toBe("whole");
});

test("what was found whole before is not loaded again: a start without edits starts no sandbox process", async () => {
  const { home, restart } = await startWith({ whole: source({ say: `return "whole";` }) });
  edit(home, "whole", source({ say: `return "edited";` }));
  const pids = async (system: System) => {
    const { sandbox } = (await system.result("system.health")) as unknown as Health;
    return sandbox.processes.length;
  };
  const edited = await restart();
  await until("the edit is tried", async () => (await pids(edited)) > 0);
  const again = await restart();
  // A reading of the folder comes after its examination, or finds it proven itself.
  edit(home, "whole", source({ say: `return "edited";` }));
  await until("the folder was read again", async () =>
    (await events(again, "module.loaded")).some(({ subject }) => subject === "whole"),
  );
  expect(await pids(again)).toBe(0);
  expect(await ask(again, "whole", "say")).toBe("edited");
});
