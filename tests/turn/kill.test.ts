import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ModelRequest } from "../model-server/index.ts";
import { startTalk, type TurnReply } from "./support.ts";

/** `FIELDWORK_KILLS=100 npx vitest run tests/turn/kill.test.ts` for the long form. */
const KILLS = Number(process.env.FIELDWORK_KILLS ?? 8);
/** A turn of the script below takes about so long. */
const SPREAD_MS = 450;

/** Appends a line, reads the file, answers: each step slowly enough to be cut off in. */
async function script({ body }: ModelRequest) {
  await sleep(60);
  const messages = body.messages as { role: string; content: unknown }[];
  const from = messages.findLastIndex(({ role }) => role === "user");
  const said = JSON.stringify(messages[from]?.content);
  const line = /line-\d+/.exec(said.slice(said.lastIndexOf("Append")))?.[0] ?? "none";
  const results = messages.slice(from).filter(({ role }) => role === "tool").length;
  if (results === 0)
    return { tool_calls: [{ name: "fs_append", args: { path: "lines.txt", content: `${line}\n` } }] };
  if (results === 1) return { tool_calls: [{ name: "fs_read", args: { path: "lines.txt" } }] };
  return { text: `Done with ${line}. ${"word ".repeat(20)}`, between_ms: 2 };
}

test(`${KILLS} turns killed at random points are each answered once or visibly failed, and no effect happens twice`, {
  timeout: 60_000 + KILLS * 20_000,
}, async () => {
  const talk = await startTalk(script);
  const outcomes: string[] = [];
  for (let n = 0; n < KILLS; n++) {
    // The points are spread evenly in a mixed order, so that the test is the same every time.
    const at = (((n * 61) % KILLS) / KILLS) * SPREAD_MS;
    const { id } = await talk.send(`Append line-${n} to lines.txt`, `s${n % 3}`);
    await sleep(at);
    await talk.crash();
    const mail = await talk.finished(id);
    outcomes.push(mail.state);
    if (mail.state === "done") {
      const reply = mail.reply as unknown as TurnReply;
      expect(reply.reply).toContain(`line-${n}`);
      const file = join(talk.home, "agents", "field.fwagent", "workspace", "lines.txt");
      const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
      const times = lines.filter((line) => line === `line-${n}`).length;
      if (reply.outcome_unknown === undefined) expect(times).toBe(1);
      else {
        expect(times).toBeLessThanOrEqual(1);
        expect(reply.reply).toContain("not known whether");
      }
    }
  }
  expect(outcomes.filter((state) => state === "done").length).toBeGreaterThan(KILLS / 2);
  for (const session of ["s0", "s1", "s2"]) {
    const entries = await talk.entries(session);
    expect(entries.map(({ n }) => n)).toEqual(entries.map((_, index) => index + 1));
    const said = entries.flatMap(({ message }) => (message.role === "user" ? [message.content] : []));
    expect(new Set(said).size).toBe(said.length);
  }
  const { messages } = await talk
    .system()
    .result<{ messages: { state: string }[] }>("message.list", { to: "field", limit: 500 });
  expect(messages).toHaveLength(KILLS);
  expect(await talk.system().result("journal.verify", {})).toMatchObject({ ok: true });
});
