/** Tools in the hands of an agent in its sandbox, on a real server that may be killed. */

import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JsonValue } from "#contract";
import { addModule, freshHome, type System, startSystem, until } from "../support/system.ts";

let home: string;
let site: Server;
let asked: number;
beforeEach(async () => {
  home = freshHome();
  asked = 0;
  // It never answers.
  site = createServer(() => {
    asked++;
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  site.closeAllConnections();
  site.close();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

const AGENT = `import { agent } from "fieldwork";
export default agent({
  async onMessage(message, host) {
    const run = async (name, args) => {
      try {
        const { output, receipt } = await host.call("tool.run", { name, args });
        return { name, output, receipt };
      } catch (error) {
        return { name, code: error.code };
      }
    };
    if (message.text === "wait") return JSON.stringify([await run("fs.append", { path: "log.txt", content: "once " }), await run("http.fetch", { url: "SITE/slow" })]);
    const kept = await run("fs.write", { path: "a.txt", content: "six times seven" });
    const sideBySide = await Promise.all([
      run("fs.read", { path: "a.txt" }),
      run("calc.evaluate", { expression: "6*7" }),
      run("fs.read", { path: "../state.db" }),
    ]);
    return JSON.stringify([kept, ...sideBySide]);
  },
});
`;

type Done = {
  name: string;
  code?: string;
  output?: Record<string, JsonValue>;
  receipt?: { seq: number; hash: string };
};

async function say(system: System, text: string): Promise<readonly Done[]> {
  const { mail } = await system.result<{
    mail: { state: string; reply: { reply: string }; error?: unknown };
  }>("message.send", {
    to: "worker",
    text,
    wait: true,
  });
  expect(mail.state, JSON.stringify(mail)).toBe("done");
  return JSON.parse(mail.reply.reply) as Done[];
}
const add = (system: System) => {
  const url = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  return addModule(
    system,
    "worker",
    { "agent.ts": AGENT.replace("SITE", url) },
    {
      capabilities_required: [`http.fetch:${url}/`],
    },
  );
};

test("an agent runs tools, side by side too, and every receipt stands in a journal that verifies", async () => {
  const system = await startSystem({ home });
  try {
    await add(system);
    const done = await say(system, "work");
    expect(done.map(({ name, code }) => [name, code])).toEqual([
      ["fs.write", undefined],
      ["fs.read", undefined],
      ["calc.evaluate", undefined],
      ["fs.read", "denied"],
    ]);
    expect(done[1]?.output?.content).toBe("six times seven");
    const { events } = await system.result<{ events: { seq: number; hash: string; subject: string }[] }>(
      "journal.query",
      {
        kind: "tool.replied",
      },
    );
    for (const { name, receipt } of done.slice(0, 3))
      expect(events.find(({ seq }) => seq === receipt?.seq)).toMatchObject({
        hash: receipt?.hash,
        subject: name,
      });
    expect(await system.result("journal.verify")).toMatchObject({ ok: true });
  } finally {
    await system.end();
  }
});

test("a tool that was under way when the system died is unknown afterwards, and nothing is done twice", async () => {
  const first = await startSystem({ home });
  await add(first);
  const { id } = await first.result<{ id: string }>("message.send", { to: "worker", text: "wait" });
  await until("the site is asked", () => asked > 0);
  await first.kill();

  const second = await startSystem({ home });
  try {
    type Mail = { id: string; state: string; reply: { reply: string } };
    const mail = await until("the turn goes on", async () => {
      const { messages } = await second.result<{ messages: Mail[] }>("message.list", { to: "worker" });
      return messages.find((one) => one.id === id && one.state === "done");
    });
    const [appended, fetched] = JSON.parse(mail.reply.reply) as Done[];
    expect(appended?.output?.bytes).toBe(5);
    expect(fetched?.code).toBe("outcome_unknown");
    expect(asked).toBe(1);
  } finally {
    await second.end();
  }
});
