import { expect, test } from "vitest";
import type { Approval } from "../../contract/index.ts";
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
