import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Approval } from "../../contract/index.ts";
import { until } from "../support/system.ts";
import { startTalk } from "./support.ts";

const calls = [
  { name: "memory_remember", args: { content: "The gate code is 4711" } },
  { name: "diary_write", args: { text: "Opened the gate" } },
  { name: "todo_add", args: { text: "Oil the gate" } },
  { name: "fs_write", args: { path: "gate.md", content: "4711" } },
];

test.each([["ask"], ["deny"]] as const)(
  "a policy that says %s of writing is about the world, not about what the agent keeps for itself",
  async (policy) => {
    const talk = await startTalk([{ tool_calls: calls }, { text: "Done." }]);
    const system = talk.system();
    await system.result("agent.config", { id: "field", set: { policy: { write: policy } } });
    const { mail } = await system.result<{ mail: { reply: { tools: { tool: string; ok: boolean }[] } } }>(
      "message.send",
      { to: "field", session: "s", text: "Note the gate", attended: false, wait: true },
    );
    expect(mail.reply.tools.map(({ tool, ok }) => `${tool} ${ok}`)).toEqual([
      "memory.remember true",
      "diary.write true",
      "todo.add true",
      "fs.write false",
    ]);
    const { approvals } = await system.result<{ approvals: Approval[] }>("approval.list");
    expect(approvals.map(({ capability }) => capability)).toEqual(policy === "ask" ? ["fs.write"] : []);
  },
);

const patch = `--- /dev/null
+++ b/new/one.txt
@@ -0,0 +1,1 @@
+one
--- /dev/null
+++ b/new/deeper/two.txt
@@ -0,0 +1,1 @@
+two
`;
test.each([
  [
    "a file in a folder that is not there",
    "fs_write",
    { path: "new/one.txt", content: "one\n" },
    /new\/one\.txt$/,
  ],
  ["a patch of several files", "fs_patch", { patch }, /two/],
])(
  "%s is one act of the tool and asks once, with what the tool was asked to do",
  async (_, name, args, about) => {
    const talk = await startTalk([{ tool_calls: [{ name, args }] }, { text: "Done." }]);
    const system = talk.system();
    await system.result("agent.config", { id: "field", set: { policy: { write: "ask" } } });
    const { id } = await talk.send("Write it");
    const waiting = () =>
      system.result<{ approvals: Approval[] }>("approval.list").then(({ approvals }) => approvals);
    const [asked] = await until("it asks", async () =>
      (await waiting()).length > 0 ? waiting() : undefined,
    );
    expect(asked).toMatchObject({
      capability: "fs.write",
      args,
      reason: expect.stringContaining("asked once"),
    });
    expect(asked?.decisive.join("\n")).toMatch(about);
    const workspace = join(talk.home, "agents", "field.fwagent", "workspace");
    expect(existsSync(join(workspace, "new"))).toBe(false);
    await system.result("approval.give", { id: (asked as Approval).id });
    expect((await talk.finished(id)).reply).toMatchObject({ reply: "Done.", tools: [{ ok: true }] });
    expect(readFileSync(join(workspace, "new", "one.txt"), "utf8")).toBe("one\n");
    const all = await system.result<{ approvals: Approval[] }>("approval.list", { all: true });
    expect(all.approvals.map(({ state }) => state)).toEqual(["used"]);
  },
);

test("the same act again is asked again, and another tool's too", async () => {
  const args = { path: "new/one.txt", content: "one\n" };
  const talk = await startTalk([
    { tool_calls: [{ name: "fs_write", args }] },
    { tool_calls: [{ name: "fs_write", args }] },
    { tool_calls: [{ name: "fs_append", args }] },
    { text: "Done." },
  ]);
  const system = talk.system();
  await system.result("agent.config", { id: "field", set: { policy: { write: "ask" } } });
  const { id } = await talk.send("Write it");
  for (let n = 0; n < 3; n++) {
    const [asked] = await until("it asks", async () => {
      const { approvals } = await system.result<{ approvals: Approval[] }>("approval.list");
      return approvals.length > 0 && approvals;
    });
    await system.result("approval.give", { id: (asked as Approval).id });
  }
  expect((await talk.finished(id)).reply).toMatchObject({ reply: "Done.", tools: [{}, {}, {}] });
});

test("an undo that does not say of what is asked about each change it takes back", async () => {
  const write = (path: string) => ({ name: "fs_write", args: { path, content: "new\n" } });
  const talk = await startTalk([
    { tool_calls: [write("one.txt"), write("two.txt")] },
    { text: "Written." },
    { tool_calls: [{ name: "fs_undo", args: { count: 2 } }] },
    { text: "Undone." },
  ]);
  const system = talk.system();
  expect((await talk.finished((await talk.send("Write two")).id)).reply).toMatchObject({ reply: "Written." });
  await system.result("agent.config", { id: "field", set: { policy: { write: "ask" } } });
  const { id } = await talk.send("Undo both");
  const asked: string[] = [];
  for (let n = 0; n < 2; n++) {
    const [one] = await until("it asks", async () => {
      const { approvals } = await system.result<{ approvals: Approval[] }>("approval.list");
      return approvals.length > 0 && approvals;
    });
    asked.push(JSON.stringify((one as Approval).args));
    await system.result("approval.give", { id: (one as Approval).id });
  }
  expect((await talk.finished(id)).reply).toMatchObject({ reply: "Undone.", tools: [{ ok: true }] });
  expect(asked).toEqual([expect.stringContaining("two.txt"), expect.stringContaining("one.txt")]);
});
