import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type ModelScript, startModelServer } from "../../tests/model-server/index.ts";
import { freshHome, ROOT, type System, startSystem } from "../../tests/support/system.ts";
import { fw } from "../test/fw.ts";
import { KEYS, noPty, onTerminal } from "../test/pty.ts";

/** A real server with the agent that ships, and a model that says what the script says. */
async function fieldWith(script: ModelScript | undefined) {
  const home = freshHome();
  mkdirSync(join(home, "agents"), { recursive: true });
  cpSync(join(ROOT, "packs/field/field.fwagent"), join(home, "agents/field.fwagent"), { recursive: true });
  const model = await startModelServer(script ?? []);
  const systems: System[] = [];
  const start = async () => {
    systems.push(await startSystem({ home }));
    return systems.at(-1) as System;
  };
  onTestFinished(async () => {
    for (const one of systems) await one.end();
    await model.close();
  });
  const system = await start();
  await expect.poll(async () => (await system.call("agent.show", { id: "field" })).ok).toBe(true);
  await system.result("agent.approve", { id: "field", grants: "all" });
  if (script) {
    const name = "scripted";
    await system.result("model.add", { name, dialect: "openai", base_url: `${model.url}/v1`, model: name });
    await system.result("model.use", { model: name });
  }
  return { home, model, system, start };
}

const slow = { delta_chars: 4, between_ms: 60 };

describe("with a real server and a scripted model", () => {
  test("fw chat -m talks, and the conversation is there to read and to go on with", async () => {
    const { home, model } = await fieldWith([{ text: "Peas." }, { text: "In spring." }]);
    const first = (await fw(["chat", "-m", "What grows?", "--json"], { home })).json() as Record<
      string,
      unknown
    >;
    expect(first).toMatchObject({ reply: "Peas.", usage: { output_tokens: expect.any(Number) } });
    const session = String(first.session);
    const second = await fw(["chat", "-m", "When?", "--session", session], { home });
    expect(second).toMatchObject({ code: 0, stdout: "In spring.\n" });
    expect(JSON.stringify(model.requests[1]?.body)).toContain("What grows?");
    const shown = (await fw(["session", "show", session], { home })).stdout;
    expect(shown).toMatch(/What grows\?[\s\S]*Peas\.[\s\S]*When\?[\s\S]*In spring\./);
  });

  test("files go along, what was said is taken back, and the conversation is deleted, all from the command line", async () => {
    const { home, system, model } = await fieldWith(() => ({ text: "Peas, it says." }));
    const letter = join(home, "letter.md");
    writeFileSync(letter, "Sow the peas in March.");
    const session = ["--session", "garden"];
    const said = await fw(["chat", "-m", "What does it say?", "--attach", letter, ...session], { home });
    expect(said).toMatchObject({ code: 0, stdout: "Peas, it says.\n" });
    expect(JSON.stringify(model.requests[0]?.body)).toContain("Sow the peas in March.");
    const shown = (await fw(["session", "show", "garden", "--newest", "--limit", "2"], { home })).stdout;
    expect(shown).toContain("+ letter.md (text/markdown, 22 bytes)");
    expect((await fw(["session", "rewind", "garden", "--to", "0"], { home })).stdout).toContain(
      "2 entries are taken back",
    );
    const all = (await fw(["session", "show", "garden", "--superseded"], { home })).stdout;
    expect(all).toContain("taken back");
    expect((await fw(["session", "delete", "garden", "--forget"], { home })).code).toBe(0);
    expect((await system.call("session.show", { agent: "field", session: "garden" })).ok).toBe(false);
    const missing = await fw(["chat", "-m", "x", "--attach", join(home, "none.md")], { home });
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain("none.md cannot be read");
  });

  test("without any model it remembers what it is told, across conversations", async () => {
    const { home } = await fieldWith(undefined);
    await fw(["chat", "-m", "Remember that the key of the shed hangs behind the door"], { home });
    const { code, stdout } = await fw(["chat", "-m", "Where does the key of the shed hang?"], { home });
    expect(code).toBe(0);
    expect(stdout).toContain("behind the door");
    expect(stdout).toContain("fw model add");
  });

  test.skipIf(noPty)(
    "a conversation streams, shows tools, and goes on after kill -9 in the middle of an answer",
    async () => {
      const { home, system, start } = await fieldWith((request) => {
        const messages = request.body.messages as { role: string }[];
        if (messages.at(-1)?.role === "tool") return { text: "It is late, I looked at the clock.", ...slow };
        return { text: "Let me see.", tool_calls: [{ name: "time_now", args: {} }] };
      });
      const terminal = onTerminal(["chat", "--session", "s1"], home);
      await terminal.sees("› ");
      terminal.type(`How late is it?${KEYS.enter}`);
      await terminal.sees("Let me see.");
      await terminal.sees(/✓ time\.now {2}\d+ ms/);
      await terminal.sees("It is la");
      await system.kill();
      await terminal.sees("The server is away");
      const again = await start();
      await terminal.sees("It is back");
      await terminal.sees("It is late, I looked at the clock.");
      await terminal.sees("› ");
      terminal.type(KEYS.ctrlD);
      expect(await terminal.exited).toBe(0);
      const { entries } = await again.result<{ entries: { message: { role: string } }[] }>("session.show", {
        agent: "field",
        session: "s1",
      });
      expect(entries.filter(({ message }) => message.role === "user").length).toBe(1);
      expect(await again.result("journal.verify")).toMatchObject({ ok: true });
    },
  );

  test.skipIf(noPty)("Ctrl-C ends an endless answer; what was said stays", async () => {
    const { home, system, model } = await fieldWith(() => ({ text: "on and on ".repeat(2000), ...slow }));
    const terminal = onTerminal(["chat", "--session", "s1"], home);
    await terminal.sees("› ");
    terminal.type(`Talk${KEYS.enter}`);
    await terminal.sees("on and on on");
    terminal.type(KEYS.ctrlC);
    await terminal.sees("stopped");
    await terminal.sees("› ");
    await expect.poll(() => model.open()).toBe(0);
    terminal.type(KEYS.ctrlD);
    await terminal.exited;
    const { entries } = await system.result<{ entries: { message: unknown }[] }>("session.show", {
      agent: "field",
      session: "s1",
    });
    expect(JSON.stringify(entries.at(-1)?.message)).toContain("on and on");
  });

  test.skipIf(noPty)("a question and an approval are answered in place, and the turn goes on", async () => {
    const page = createServer((_, response) => response.end("fresh peas"));
    await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void page.close());
    const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}/`;
    const { home, system, model } = await fieldWith([
      { tool_calls: [{ name: "user_ask", args: { question: "Which bed?", options: ["north", "south"] } }] },
      { tool_calls: [{ name: "http_fetch", args: { url } }] },
      { text: "Peas in the south." },
    ]);
    await system.result("grant.give", { module: "field", grant: `http.fetch:${url}` });
    await system.result("agent.config", { id: "field", set: { policy: { network: "ask" } } });
    const terminal = onTerminal(["chat", "--session", "s1"], home);
    await terminal.sees("› ");
    terminal.type(`What grows?${KEYS.enter}`);
    await terminal.sees("Which bed?");
    await terminal.sees("answer> ");
    terminal.type(`2${KEYS.enter}`);
    await terminal.sees("field wants http.fetch");
    await terminal.sees("Allow this one call?");
    terminal.type(`y${KEYS.enter}`);
    await terminal.sees("from outside");
    await terminal.sees("Peas in the south.");
    await terminal.sees("› ");
    expect(JSON.stringify(model.requests[1]?.body)).toContain("south");
    expect(JSON.stringify(model.requests[2]?.body)).toContain("fresh peas");
  });
});
