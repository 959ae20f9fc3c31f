/**
 * The control panel in a real Chromium: how much script each page loads, how soon the first screen can be used, how long a key press
 * takes to be seen while a long answer streams, and how many frames a second a conversation of 10,000 messages and a graph of 1,000
 * nodes have while they are moved. Beside each the same of a page that does nothing.
 * `node bench/panel.ts`
 */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../tests/panel/chromium.ts";
import { sessionCookies } from "../tests/panel/session.ts";
import { addModule } from "../tests/support/system.ts";
import { startConversation } from "./conversation.ts";
import { type Figure, show } from "./figure.ts";
import { duration, timingOf } from "./harness.ts";
import { startScriptedModel } from "./scripted-model.ts";

const FIRST_LOAD_BYTES = 150_000;
const LOADS = 7;
const KEYS = 60;
const KEY_EVERY_MS = 60;
const MESSAGES = 10_000;
const NODES = 1000;
const FRAMES_MS = 3000;
const SETTLE_MS = 1500;
const VIEWPORT = { width: 1280, height: 800 };
const PAGES = ["chat", "agents", "mind", "tools", "approvals", "journal", "modules", "health", "settings"];

const FILLER = `import { agent } from "fieldwork";
export default agent({
  rpc: {
    fill: { run: ({ from }, host) => host.session.append({
      session: "long",
      messages: Array.from({ length: 50 }, (_, n) => ({
        role: n % 2 ? "assistant" : "user",
        content: "Message " + (from + n) + ": **some words**, a list\\n\\n- one\\n- two \`code\`\\n\\nand a sentence more.",
      })),
    }) },
    link: { run: async ({ from }, host) => {
      for (let n = from; n < from + 50; n++)
        await host.call("mind.graph.add", { subject: "Node " + n, predicate: "leads to", object: "Node " + Math.floor(n / 2.3) });
      return {};
    } },
  },
});
`;

/** Bytes of script that were fetched from now on, compressed as they were sent. */
function scripts(page: Page): { taken(): number } {
  let bytes = 0;
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") bytes += Number(response.headers()["content-length"]);
  });
  return { taken: () => bytes };
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} KB`;

/** Milliseconds from each key press to the frame that shows it. */
const KEY_PROBE = `(() => {
  globalThis.delays = [];
  addEventListener("keydown", ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => globalThis.delays.push(performance.now() - timeStamp);
      channel.port2.postMessage(0);
    });
  }, true);
})()`;

async function type(page: Page): Promise<readonly number[]> {
  await page.evaluate("globalThis.delays.length = 0");
  for (let n = 0; n < KEYS; n++)
    await page.keyboard.type("abcdefgh "[n % 9] as string, { delay: KEY_EVERY_MS });
  return page.evaluate("globalThis.delays") as Promise<readonly number[]>;
}

/** Frames a second while something happens, and the longest time between two. */
async function frames(
  page: Page,
  act: (step: number) => Promise<void>,
): Promise<{ readonly rate: number; readonly longest: number }> {
  await page.evaluate(`(() => {
    globalThis.stamps = [];
    globalThis.counting = true;
    const next = (now) => { globalThis.stamps.push(now); if (globalThis.counting) requestAnimationFrame(next); };
    requestAnimationFrame(next);
  })()`);
  const begun = performance.now();
  for (let step = 0; performance.now() - begun < FRAMES_MS; step++) await act(step);
  const stamps = (await page.evaluate("globalThis.counting = false, globalThis.stamps")) as number[];
  const gaps = stamps.slice(1).map((stamp, n) => stamp - (stamps[n] ?? stamp));
  return { rate: (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0), longest: Math.max(...gaps) };
}

const words = "A sentence that is part of a long answer, with **emphasis** and `code`. ".repeat(1200);
const model = await startScriptedModel({ text: words, delta_chars: 24, between_ms: 2 });
const conversation = await startConversation(model.url);
const { system } = conversation;
const browser: Browser = await launchChromium();
const cookies = await sessionCookies(system);
const open = async (): Promise<BrowserContext> => {
  // What a service worker fetches is not counted as the page's, so there is none here.
  const context = await browser.newContext({ viewport: VIEWPORT, serviceWorkers: "block" });
  await context.addCookies(cookies);
  return context;
};
/** A page of its own in a browser that has never been here. */
const inFresh = async <T>(act: (page: Page) => Promise<T>): Promise<T> => {
  const context = await open();
  try {
    return await act(await context.newPage());
  } finally {
    await context.close();
  }
};
const figures: Figure[] = [];

const stranger = await browser.newContext({ viewport: VIEWPORT, serviceWorkers: "block" });
const door = await stranger.newPage();
const atDoor = scripts(door);
await door.goto(system.url);
await door.locator("main h1").waitFor();
await door.waitForTimeout(SETTLE_MS);
const entry = atDoor.taken();
await stranger.close();
figures.push({
  what: "compressed script of the first load: the way in",
  aim: `< ${kilobytes(FIRST_LOAD_BYTES)}`,
  measured: kilobytes(entry),
  baseline: "–",
  met: entry < FIRST_LOAD_BYTES,
});

await conversation.say("Hello", "short");
const sizes = new Map<string, number>();
for (const name of PAGES)
  await inFresh(async (page) => {
    const { taken } = scripts(page);
    await page.goto(`${system.url}/${name === "chat" ? "chat/field/short" : name}`);
    await page.locator("main h1, main textarea").first().waitFor();
    await page.waitForTimeout(SETTLE_MS);
    sizes.set(name, taken());
  });
const first = Math.max(...sizes.values());
figures.push({
  what: `the same with the page that is opened first, the largest of ${PAGES.length}; of the chat a conversation`,
  aim: `< ${kilobytes(FIRST_LOAD_BYTES)}`,
  measured: `${kilobytes(first)} (${[...sizes].map(([name, bytes]) => `${name} ${(bytes / 1000).toFixed(0)}`).join(", ")})`,
  baseline: "–",
  met: first < FIRST_LOAD_BYTES,
});

const usable: number[] = [];
const bare: number[] = [];
for (let load = 0; load < LOADS; load++) {
  await inFresh(async (page) => {
    const begun = performance.now();
    await page.goto(`${system.url}/chat/field`, { waitUntil: "commit" });
    await page.getByRole("textbox", { name: "Message" }).waitFor();
    usable.push(performance.now() - begun);
  });
  await inFresh(async (page) => {
    const begun = performance.now();
    await page.goto(`${system.url}/icon.svg`);
    bare.push(performance.now() - begun);
  });
}
figures.push({
  what: "from opening the address to a message box that takes words, nothing kept, p50",
  aim: "–",
  measured: duration(timingOf(usable).p50),
  baseline: `${duration(timingOf(bare).p50)}, one picture`,
  met: true,
});

await inFresh(async (page) => {
  await page.goto(`${system.url}/chat/field`);
  const box = page.getByRole("textbox", { name: "Message" });
  await box.waitFor();
  await page.evaluate(KEY_PROBE);
  await box.focus();
  const quiet = timingOf(await type(page));
  await box.fill("Tell me a long answer");
  await box.press("Enter");
  await page.getByText("part of a long answer").first().waitFor();
  await box.focus();
  const busy = timingOf(await type(page));
  figures.push({
    what: "from a key press to the frame that shows it, while a long answer streams, p50 / p99",
    aim: "≤ 50 ms p99",
    measured: `${duration(busy.p50)} / ${duration(busy.p99)}`,
    baseline: `${duration(quiet.p50)} / ${duration(quiet.p99)}, while nothing streams`,
    met: busy.p99 <= 50,
  });
});

await addModule(
  system,
  "filler",
  { "agent.ts": FILLER },
  { exposes_rpc: ["fill", "link"].map((name) => ({ name, description: "" })) },
);
for (let from = 0; from < MESSAGES; from += 50)
  await system.result("module.invoke", { id: "filler", function: "fill", args: { from } });
for (let from = 1; from < NODES; from += 50)
  await system.result("module.invoke", { id: "filler", function: "link", args: { from } });

const still = await inFresh(async (page) => {
  await page.goto(`${system.url}/icon.svg`);
  return frames(page, () => page.mouse.wheel(0, 100));
});
const scrolled = await inFresh(async (page) => {
  await page.goto(`${system.url}/chat/filler/long`);
  await page.getByText(`Message ${MESSAGES - 1}`).waitFor();
  await page.mouse.move(700, 400);
  return frames(page, (step) => page.mouse.wheel(0, step % 40 < 30 ? -240 : 240));
});
const walked = await inFresh(async (page) => {
  await page.goto(`${system.url}/mind/filler/graph?limit=${NODES}`);
  await page.locator("canvas").waitFor();
  await page.mouse.move(700, 450);
  return frames(page, async (step) => {
    if (step % 3 === 0) await page.mouse.wheel(0, step % 40 < 20 ? -60 : 60);
    else await page.mouse.move(700 + 200 * Math.sin(step / 9), 450 + 120 * Math.cos(step / 7));
  });
});
const baseline = `${still.rate.toFixed(0)} frames a second, a page that shows a picture`;
for (const [what, { rate, longest }] of [
  [`frames a second while a conversation of ${MESSAGES.toLocaleString("en")} messages is scrolled`, scrolled],
  [`frames a second while a graph of ${NODES.toLocaleString("en")} nodes is moved`, walked],
] as const)
  figures.push({
    what,
    aim: "≥ 50",
    measured: `${rate.toFixed(0)} (longest gap ${duration(longest)})`,
    baseline,
    met: rate >= 50,
  });

await browser.close();
await conversation.end();
model.end();
show(figures);
