import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PATH = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where there is no browser, what needs one is left out. */
export const HAS_BROWSER = PATH !== undefined;

/** The browser that is installed, without a window. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: PATH as string, args: FLAGS });
