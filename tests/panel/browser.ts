import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, onTestFinished } from "vitest";
import type { System } from "../support/system.ts";
import { HAS_BROWSER, launchChromium } from "./chromium.ts";
import { sessionCookies } from "./session.ts";

export { OWNER } from "./session.ts";
export { HAS_BROWSER };

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let running: Promise<Browser> | undefined;

/** One browser for the tests of a file; ended with them. */
export function browser(): Promise<Browser> {
  if (!running) {
    running = launchChromium();
    afterAllOnce();
  }
  return running;
}
let told = false;
function afterAllOnce(): void {
  if (told) return;
  told = true;
  afterAll(async () => {
    await (await running)?.close();
    running = undefined;
  });
}

export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
}

/** A browser window of its own, as somebody else's would be: no cookies but those given. */
export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong in the page so far: errors on the console, thrown errors, requests to other hosts. */
  readonly problems: string[];
}

export async function openWindow(system: System, view: View = {}): Promise<Window> {
  const context = await (await browser()).newContext({
    viewport: { width: view.width ?? 1280, height: view.height ?? 800 },
    colorScheme: view.scheme ?? "light",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    // The browser itself notes every answer that is not 2xx; those that a page means to get are looked at by its own test.
    if (message.type() === "error" && !/^Failed to load resource/.test(message.text()))
      problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`thrown: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== new URL(system.url).origin)
      problems.push(`another host: ${url.href}`);
  });
  onTestFinished(() => context.close());
  return { context, page, problems };
}

/** Signs the window in with a session of its own; makes the account where there is none. */
export async function signIn(system: System, { context }: Pick<Window, "context">): Promise<void> {
  await context.addCookies(await sessionCookies(system));
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What axe finds against WCAG 2.2 AA and its best practices, in words. */
export async function axeProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResult>(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 5)
      .map(
        ({ html, failureSummary }) =>
          `${id}: ${help}: ${html.slice(0, 200)}: ${failureSummary?.slice(0, 300)}`,
      ),
  );
}

/** Pixels by which the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>(
    "Math.max(...[document.scrollingElement, document.querySelector('main')].map((one) => (one ? one.scrollWidth - one.clientWidth : 0)))",
  );

/** Until the page has its fonts, shows no placeholders any more and stands still. The stream of events keeps the network busy for ever. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  // By its own means: the page's policy forbids a predicate that is a text, from the second look on.
  await page
    .locator("[aria-busy=true]")
    .first()
    .waitFor({ state: "detached", timeout: BUSY_MS })
    .catch(() => undefined);
  await page.waitForTimeout(SETTLE_MS);
}
const SETTLE_MS = 250;
const BUSY_MS = 5_000;
