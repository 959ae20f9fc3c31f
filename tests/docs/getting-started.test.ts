import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshHome, ROOT } from "../support/system.ts";
import { type Block, blocksOf, readPage } from "./pages.ts";

const NOT_COPIED = new Set(["node_modules", "bench", "tests"]);
/** An edit is noticed a moment after it was made; a reader is slower than that. */
const NOTICED_MS = 45_000;

/** A block of commands, and the lines of the block that shows its output. */
interface Step {
  readonly block: Block;
  readonly shown: readonly string[];
}

const steps = stepsOf(blocksOf(readPage("docs/getting-started.md")));
const home = freshHome();
/** A copy, so that an edit of the core while this runs is not taken for tampering. */
const root = mkdtempSync(join(tmpdir(), "fw-handbook-"));
const environment = {
  ...process.env,
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`,
  FIELDWORK_HOME: home,
  FIELDWORK_PORT: "0",
  FIELDWORK_GATEWAY_PORT: "0",
  NO_COLOR: "1",
};

beforeAll(() => {
  for (const name of readdirSync(ROOT)) {
    if (NOT_COPIED.has(name) || (name.startsWith(".") && name !== ".gitignore")) continue;
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"), "junction");
});

afterAll(async () => {
  await run("./stop.sh");
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

describe.skipIf(process.platform === "win32")("docs/getting-started.md works as it is written", () => {
  test.each(steps.map((step) => [step.block.line, step] as const))("line %i", async (_, step) => {
    for (const until = Date.now() + NOTICED_MS; ; await sleep(200)) {
      const { code, output } = await run(step.block.text);
      const missing = step.shown.filter((line) => !shows(output, line));
      if ((code === 0 && missing.length === 0) || !repeatable(step.block) || Date.now() > until) {
        expect({ code, missing, output }).toEqual({ code: 0, missing: [], output });
        return;
      }
    }
  });
});

test("a line that is not in the output would be noticed", () => {
  expect(shows("It is Monday.\n", "It is …day.")).toBe(true);
  expect(shows("It is Monday.\n", "It was …day.")).toBe(false);
});

function stepsOf(blocks: readonly Block[]): readonly Step[] {
  return blocks.flatMap((block, at) => {
    if (block.language !== "sh") return [];
    const next = blocks[at + 1];
    const shown = next?.language === "text" ? next.text.trimEnd().split("\n") : [];
    return [{ block, shown }];
  });
}

/** Does some line of the output contain this one? `…` stands for anything. */
function shows(output: string, line: string): boolean {
  const parts = line.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join(".*")).test(output);
}

/** Commands that may be given again until an edit has been noticed. */
const repeatable = ({ text }: Block): boolean =>
  !/^(?!\.\/fw (agent (call|show)|journal|grant give|status))/m.test(text.trimEnd());

function run(script: string): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    let output = "";
    const child = spawn("sh", ["-e", "-c", script], { cwd: root, env: environment });
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", reject);
    child.once("exit", (code) => resolve({ code, output }));
  });
}
