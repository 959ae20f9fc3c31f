import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { until } from "../support/system.ts";
import { prompt, startTalk, type Talk, type TurnReply } from "./support.ts";

/** As the panel saves a file. */
const save = (talk: Talk, path: string, content: string) =>
  talk.system().result("agent.file.write", { id: "field", path, content });
const lines = (talk: Talk): string[] => {
  const path = join(talk.home, "agents", "field.fwagent", "workspace", "lines.txt");
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
};

/** Appends a line, then waits before its second answer until it is let go. */
async function startAppending() {
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  const talk = await startTalk(async () => {
    asked++;
    if (asked === 1)
      return { tool_calls: [{ name: "fs_append", args: { path: "lines.txt", content: "once\n" } }] };
    await gate.promise;
    return { text: `Answer ${asked}.` };
  });
  const { id } = await talk.send("Append a line");
  await until("it has acted and asks again", () => asked === 2 && lines(talk).length === 1);
  return { talk, id, letGo: gate.resolve };
}

test("a saved prompt leaves the running turn alone and is in the next one", async () => {
  const { talk, id, letGo } = await startAppending();
  await save(talk, "prompt.md", "You speak like a pirate.\n");
  letGo();
  expect((await talk.finished(id)).reply).toMatchObject({ reply: "Answer 2.", finish: "stop" });
  expect(await talk.say("And now?")).toMatchObject({ reply: "Answer 3." });
  const requests = talk.model.requests;
  expect(prompt(requests[1])).not.toContain("pirate");
  expect(prompt(requests[2])).toContain("pirate");
  expect(lines(talk)).toEqual(["once"]);
});

test("a turn goes on with the agent's new program after a crash, from what it had done with the old one", async () => {
  const { talk, id, letGo } = await startAppending();
  await save(
    talk,
    "agent.ts",
    `import { agent, standardTurn } from "fieldwork";\nexport default agent({ onMessage: standardTurn({ max_steps: 9 }) });\n`,
  );
  await talk.crash();
  letGo();
  expect((await talk.finished(id)).reply).toMatchObject({ finish: "stop" });
  expect(lines(talk)).toEqual(["once"]);
});

test("a new program that begins otherwise changes nothing after a crash, and says that it is not known what happened", async () => {
  const { talk, id, letGo } = await startAppending();
  await save(
    talk,
    "agent.ts",
    `import { agent, standardTurn } from "fieldwork";
const turn = standardTurn();
export default agent({ async onMessage(message, host) { await host.fs.write("other.txt", "other"); return turn(message, host); } });\n`,
  );
  await talk.crash();
  letGo();
  const mail = await talk.finished(id);
  expect(mail.state).toBe("failed");
  expect(mail.error).toMatchObject({ code: "outcome_unknown" });
  expect(lines(talk)).toEqual(["once"]);
  expect((await talk.say("Again")) as TurnReply).toMatchObject({ finish: "stop" });
});
