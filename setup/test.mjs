import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { fitNode } from "./node.mjs";
import { ensurePackages } from "./packages.mjs";
import { ensurePanel } from "./panel.mjs";
import { ROOT } from "./paths.mjs";
import { runMain, say } from "./problem.mjs";
import { inFront, withNode } from "./program.mjs";
import { parse } from "./request.mjs";

/** Lint, types and every test; the last line counts them, lint and each type check as one test. */
await runMain(async (args) => {
  await ensurePackages();
  const node = await fitNode(ROOT);
  await ensureDependencies(ROOT, node);
  await ensurePanel(ROOT, node);
  const run = (script, ...more) => {
    say(`\n> ${[script, ...more].join(" ")}`);
    return inFront(node, [join(ROOT, script), ...more], { cwd: ROOT, env: withNode(node) });
  };
  const total = { passed: 0, failed: 0 };
  const count = (good) => total[good ? "passed" : "failed"]++;
  // Without the compilers most tests run all the same, but this is not a good result.
  const toolchains = "tests/toolchains/install.mjs";
  if (existsSync(join(ROOT, toolchains)) && (await run(toolchains)) !== 0) count(false);
  count((await run("node_modules/@biomejs/biome/bin/biome", "check", ".")) === 0);
  for (const project of [".", "panel"])
    count((await run("node_modules/typescript/bin/tsc", "--noEmit", "-p", project)) === 0);

  const folder = mkdtempSync(join(tmpdir(), "fieldwork-test-"));
  try {
    const file = join(folder, "vitest.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const code = await run("node_modules/vitest/vitest.mjs", "run", ...reporters, ...args);
    const { passed, failed, skipped } = countTests(file);
    total.passed += passed;
    // A test file that cannot be loaded, or an error outside every test, fails the run without failing a test.
    total.failed += failed === 0 && code !== 0 ? 1 : failed;
    if (skipped > 0) say(`${skipped} skipped`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});

function countTests(file) {
  const report = existsSync(file) ? parse(readFileSync(file, "utf8")) : undefined;
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const unloaded = report.testResults.filter(
    (one) => one.status === "failed" && !one.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
