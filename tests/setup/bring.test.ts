import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fakeNpm, OLD_NODE, project } from "./project.ts";

/** An npm that notes how it was called and makes what npm would make: a Node in the package's folder, or node_modules. */
const NPM = `
const fs = require("node:fs"), path = require("node:path");
const args = process.argv.slice(2);
fs.appendFileSync(process.env.NPM_CALLS, JSON.stringify({ args, cwd: process.cwd(), path: process.env.PATH }) + "\\n");
const what = args.find((one) => one.startsWith("node-"));
if (process.env.NPM_FAILS) { console.error("npm error the registry is far away"); process.exit(1); }
if (what) {
  const folder = path.join("node_modules", what.split("@")[0], "bin");
  fs.mkdirSync(folder, { recursive: true });
  fs.symlinkSync(process.execPath, path.join(folder, "node"));
} else {
  fs.mkdirSync("node_modules", { recursive: true });
  fs.copyFileSync("package-lock.json", "node_modules/.package-lock.json");
}
`;

async function withNpm(more: Readonly<Record<string, string>> = {}) {
  const made = await project();
  const NPM_CALLS = join(made.base, "npm calls");
  const env = { PATH: await fakeNpm(made.base, NPM), NPM_CALLS, ...more };
  const npmCalls = async () => {
    const text = await readFile(NPM_CALLS, "utf8").catch(() => "");
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { args: string[]; cwd: string; path: string });
  };
  return { ...made, env, npmCalls };
}

const unix = test.skipIf(process.platform === "win32");

describe("on a machine whose Node is too old", () => {
  unix("the right one is brought by npm into .node/, once, and the server runs with it", async () => {
    const { run, root, env, npmCalls } = await withNpm(OLD_NODE);
    const first = await run("start.sh", [], env);
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toMatch(
      /^Fetching Node 26\.\d+\.\d+ for .*\nNode 26\.\d+\.\d+ is ready .*\nFieldwork .* is running\.\n/,
    );
    expect((await npmCalls()).map((one) => one.args[0])).toEqual(["install"]);
    await run("stop.sh", [], env);
    expect((await run("start.sh", [], env)).stdout).not.toContain("Fetching");
    expect((await npmCalls()).length).toBe(1);
    await expect(stat(join(root, ".node/lock"))).rejects.toThrow("ENOENT");
  });

  unix("two commands at the same moment bring it once", async () => {
    const { run, env, npmCalls } = await withNpm(OLD_NODE);
    const both = await Promise.all([run("start.sh", [], env), run("start.sh", [], env)]);
    expect(both.map((one) => one.code)).toEqual([0, 0]);
    expect((await npmCalls()).length).toBe(1);
  });

  unix("a failure of npm is told with the remedy and leaves nothing half done", async () => {
    const { run, root, env } = await withNpm({ ...OLD_NODE, NPM_FAILS: "1" });
    const failed = await run("start.sh", [], env);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(
      /^error: npm could not fetch node-.*\nnpm error the registry is far away\nremedy: /,
    );
    const { NPM_FAILS: _, ...good } = env as Record<string, string>;
    await mkdir(join(root, ".node/lock"), { recursive: true });
    await writeFile(join(root, ".node/lock/pid"), "4194304");
    expect((await run("start.sh", [], good)).code).toBe(0);
  });
});

describe("the dependencies", () => {
  unix("are left alone when they are what the lock file says", async () => {
    const { run, env, npmCalls } = await withNpm();
    await run("start.sh", [], env);
    expect(await npmCalls()).toEqual([]);
  });

  unix(
    "are installed with the new Node when the lock file changed or they are not there, and then left alone",
    async () => {
      const { run, root, env, npmCalls } = await withNpm();
      const lock = {
        packages: {
          "": {},
          "node_modules/a": { version: "1.0.0" },
          "node_modules/b": { version: "1.0.0", optional: true },
        },
      };
      await writeFile(join(root, "package-lock.json"), JSON.stringify(lock));
      expect((await run("start.sh", [], env)).stdout).toMatch(
        /^Installing dependencies .*\nDependencies are ready/,
      );
      const [call] = await npmCalls();
      expect(call?.args.slice(0, 2)).toEqual(["install", "--no-save"]);
      expect(call?.cwd).toBe(root);
      await run("restart.sh", [], env);
      expect((await npmCalls()).length).toBe(1);
      await rm(join(root, "node_modules"), { recursive: true });
      await run("restart.sh", [], env);
      expect((await npmCalls()).length).toBe(2);
    },
  );

  unix("that npm cannot install are told with npm's own words", async () => {
    const { run, root, env } = await withNpm({ NPM_FAILS: "1" });
    await rm(join(root, "node_modules"), { recursive: true });
    const { code, stderr } = await run("start.sh", [], env);
    expect(code).toBe(1);
    expect(stderr).toContain("npm error the registry is far away");
  });
});

describe("./fw", () => {
  test("runs the command line with its arguments as they are, and ends as it ends", async () => {
    const { run, root } = await project();
    await mkdir(join(root, "cli"));
    await writeFile(
      join(root, "cli/fw.ts"),
      "const given: string[] = process.argv.slice(2); console.log(JSON.stringify(given)); process.exitCode = 2;",
    );
    const args = ["chat", "-m", "two  words", "", "--json", "ü*$"];
    expect(await run("fw", args)).toMatchObject({ code: 2, stdout: `${JSON.stringify(args)}\n`, stderr: "" });
  });
});

describe("./test.sh", () => {
  async function withTools(
    codes: { lint: number; types: number; vitest: number; toolchains?: number },
    report?: object,
  ) {
    const { root, run } = await project();
    const script = async (path: string, source: string) => {
      await mkdir(join(root, path, ".."), { recursive: true });
      await writeFile(join(root, path), source);
    };
    const tool = (code: number) => `process.exitCode = ${code};`;
    if (codes.toolchains !== undefined) await script("tests/toolchains/install.mjs", tool(codes.toolchains));
    await script("node_modules/@biomejs/biome/bin/biome", tool(codes.lint));
    await script("node_modules/typescript/bin/tsc", tool(codes.types));
    const save = `import fs from "node:fs"; fs.writeFileSync(process.argv.find((one) => one.startsWith("--outputFile.json=")).slice(18), ${JSON.stringify(JSON.stringify(report))});`;
    await script("node_modules/vitest/vitest.mjs", `${report ? save : ""}${tool(codes.vitest)}`);
    const { code, stdout } = await run("test.sh");
    return { code, last: stdout.trimEnd().split("\n").at(-1) };
  }
  const report = (passed: number, failed: number, testResults: object[] = []) => ({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults,
  });
  const unloaded = { status: "failed", assertionResults: [] };

  test.each([
    [{ lint: 0, types: 0, vitest: 0 }, report(40, 0), 0, "43 passed, 0 failed"],
    [{ lint: 1, types: 0, vitest: 0 }, report(40, 0), 1, "42 passed, 1 failed"],
    [{ lint: 1, types: 2, vitest: 0 }, report(40, 0), 1, "40 passed, 3 failed"],
    [
      { lint: 0, types: 0, vitest: 1 },
      report(39, 1, [{ status: "failed", assertionResults: [{ status: "failed" }] }]),
      1,
      "42 passed, 1 failed",
    ],
    [{ lint: 0, types: 0, vitest: 1 }, report(40, 0, [unloaded, unloaded]), 1, "43 passed, 2 failed"],
    [{ lint: 0, types: 0, vitest: 1 }, report(40, 0), 1, "43 passed, 1 failed"],
    [{ lint: 0, types: 0, vitest: 0, toolchains: 0 }, report(40, 0), 0, "43 passed, 0 failed"],
    [{ lint: 0, types: 0, vitest: 0, toolchains: 1 }, report(40, 0), 1, "43 passed, 1 failed"],
    [{ lint: 0, types: 0, vitest: 1 }, undefined, 1, "3 passed, 1 failed"],
  ])(
    "with exit codes %j and the report %j ends with %i and the line %j",
    async (codes, given, code, last) => {
      expect(await withTools(codes, given)).toEqual({ code, last });
    },
  );
});
