import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { ERRORS } from "#contract";
import { findCommand, parseCommand, readGlobals } from "../../cli/command/index.ts";
import { COMMANDS } from "../../cli/commands/index.ts";
import { createMetrics } from "../../kernel/metrics/index.ts";
import { createMeasurements } from "../../server/measurements/index.ts";
import { ROOT } from "../support/system.ts";
import { commandLines } from "./command-lines.ts";
import { blocksOf, handbook, type Page, proseOf, readPage } from "./pages.ts";

/** As a heading becomes an anchor on the usual hosts of Markdown. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");
const headingsOf = (page: Page): readonly string[] =>
  [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);

function brokenLinks(page: Page): readonly string[] {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return links.filter((target) => {
    if (/^https?:/.test(target)) return false;
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? page.path : join(dirname(page.path), path).replaceAll("\\", "/");
    if (!existsSync(join(ROOT, file))) return true;
    return anchor !== undefined && !headingsOf(readPage(file)).map(anchorOf).includes(anchor);
  });
}

/** What the command line would say to a command of the handbook. */
function objection(words: readonly string[]): string | undefined {
  try {
    const { rest, help } = readGlobals(words);
    if (help || rest.length === 0) return undefined;
    const { command, taken } = findCommand(rest, COMMANDS);
    parseCommand(command, rest.slice(taken));
    return undefined;
  } catch (error) {
    return `fw ${words.join(" ")}: ${(error as Error).message}`;
  }
}

describe.each(handbook().map((page) => [page.path, page] as const))("%s", (_, page) => {
  test("links lead somewhere", () => expect(brokenLinks(page)).toEqual([]));

  test("every command is one that exists, with options that it has", () => {
    const lines = blocksOf(page)
      .filter(({ language }) => language === "sh")
      .flatMap(({ text }) => commandLines(text));
    expect(lines.flatMap((words) => objection(words) ?? [])).toEqual([]);
  });
});

test("a wrong command in the handbook would be noticed", () => {
  const lines = commandLines(
    "./fw agent list --kin agent && fw agnet list\nprintf x | fw secret set a --stdin",
  );
  expect(lines.map((words) => objection(words) !== undefined)).toEqual([true, true, false]);
});

test("the README has one place for the measured table", () => {
  const { text } = readPage("README.md");
  expect(text.match(/^<!-- bench:(begin|end) -->$/gm)).toEqual([
    "<!-- bench:begin -->",
    "<!-- bench:end -->",
  ]);
});

test("troubleshooting has every error code, and no other", () => {
  const page = readPage("docs/troubleshooting.md");
  const [, errors = ""] = proseOf(page).split("## The errors");
  const codes = [...errors.matchAll(/^### (.+)$/gm)].map(([, code]) => code);
  expect(codes).toEqual(Object.keys(ERRORS));
});

test("operations names every metric, and no other", async () => {
  const nobody = () => () => {};
  const measurements = createMeasurements({
    lastSeq: () => 0,
    read: () => [],
    subscribe: nobody,
    live: nobody,
  });
  const ofServer = await measurements.text({ event_clients: 0 });
  measurements.stop();
  const ofKernel = createMetrics().text({
    inbox: { waiting: 0, running: 0 },
    unwritten: 0,
    lastSeq: 0,
    safeMode: false,
    approvals: 0,
  });
  const named = (text: string) => new Set(text.match(/\b(fieldwork|process|nodejs)_[a-z_]+(?<!_)\b/g));
  const [, section = ""] = readPage("docs/operations.md").text.split("## Metrics");
  const [table = ""] = section.split("Worth an alarm");
  const metrics = named(`${ofKernel}${ofServer}`.replaceAll(/^# HELP (\S+).*$/gm, "$1"));
  expect([...named(table)].sort()).toEqual([...metrics].sort());
});
