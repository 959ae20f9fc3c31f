import { expect, onTestFinished, test } from "vitest";
import { startSystem, until, writeModule } from "../support/system.ts";
import { HAS_BROWSER, openWindow, settle, signIn } from "./browser.ts";

const MARK = "<img src=x onerror='window.pwned=1'><script>window.pwned=1</script>";
const REPLY = `${MARK}

[a link](javascript:window.pwned=1) and [data](data:text/html,<script>window.pwned=1</script>)
![picture](https://collector.example/pixel.png)
<iframe src="https://collector.example/"></iframe>

| ${MARK} | b |
|---|---|
| <svg onload=window.pwned=1> | \`${MARK}\` |

\`\`\`html
${MARK}
\`\`\`

\`\`\`mermaid
flowchart LR
  A["<img src=x onerror=window.pwned=1>"] --> B
  click A "javascript:window.pwned=1"
\`\`\`

$$\\href{javascript:window.pwned=1}{x} \\includegraphics{https://collector.example/p.png}$$
`;
const AGENT = `import { agent } from "fieldwork";
export default agent({ onMessage: async () => ${JSON.stringify(REPLY)} });
`;

test.skipIf(!HAS_BROWSER)(
  "an agent's name, memories and replies are text: nothing runs, nothing is fetched, nothing leaves",
  async () => {
    const system = await startSystem();
    onTestFinished(() => system.end());
    writeModule(
      system.home,
      "mallory",
      { "agent.ts": AGENT },
      {
        display_name: `Mallory ${MARK}`,
        description: REPLY,
        author: MARK,
        exposes_rpc: [{ name: "poke", description: MARK }],
        capabilities_required: ["http.fetch:https://collector.example/"],
      },
    );
    await until("it is noticed", async () => (await system.call("agent.show", { id: "mallory" })).ok);

    const window = await openWindow(system);
    await signIn(system, window);
    const { page, problems } = window;
    page.on("dialog", (dialog) => {
      problems.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const quiet = async (path: string) => {
      await page.goto(system.url + path);
      await page.locator("main").getByText("Mallory").first().waitFor({ state: "attached" });
      await settle(page);
    };
    await quiet("/agents");
    await quiet("/agents/mallory");
    await quiet("/modules");
    await system.result("agent.approve", { id: "mallory", grants: "all" });
    await system.result("memory.add", {
      agent: "mallory",
      memories: [{ content: `Mallory ${REPLY}`, wing: MARK.slice(0, 60), room: "room", kind: "fact" }],
    });
    await system.result("message.send", { to: "mallory", session: "s", text: `Mallory ${MARK}`, wait: true });
    await system
      .result("session.change", { agent: "mallory", session: "s", title: `Mallory ${MARK}` })
      .catch(() => undefined);
    await quiet("/chat/mallory/s");
    await quiet("/mind/mallory");
    await quiet("/journal");

    expect(await page.evaluate("globalThis.pwned")).toBeUndefined();
    for (const frame of page.frames())
      expect(await frame.evaluate("globalThis.pwned").catch(() => undefined)).toBeUndefined();
    const links = await page.evaluate<string[]>(
      "[...document.querySelectorAll('a[href]')].map(({ protocol }) => protocol)",
    );
    expect(links.filter((one) => !["http:", "https:", "mailto:"].includes(one))).toEqual([]);
    expect(problems).toEqual([]);
  },
);
