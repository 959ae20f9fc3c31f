import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CallContext, FieldworkError, type JsonValue } from "#contract";
import exec from "./index.ts";
import { canonicalProgram } from "./program.ts";
import { type RunArguments, runProgram } from "./run.ts";
import { createSandboxFinder, type Sandbox } from "./sandbox.ts";

const SH = realpathSync("/bin/sh");
const places = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "bwrap"));
const bubblewrap = createSandboxFinder(places);
const sandboxWorks = (await bubblewrap()) !== undefined;
const none = async (): Promise<Sandbox | undefined> => undefined;

let base: string;
let workspace: string;
let settings: Record<string, JsonValue>;
let abort: AbortController;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "exec-")));
  workspace = join(base, "home/agents/a.fwagent/workspace");
  mkdirSync(join(workspace, "sub"), { recursive: true });
  writeFileSync(join(base, "home/fieldwork.db"), "SECRET");
  settings = {};
  abort = new AbortController();
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function run(more: Partial<RunArguments>, finder = none) {
  const provider = exec.provides?.[0];
  const args = provider?.capability.input.parse({ program: "sh", ...more }) as RunArguments;
  const context = {
    workspace,
    signal: abort.signal,
    fill: (text: string) => text.replaceAll("{{secret:key}}", "s3cr3t-value"),
    host: {
      home: join(base, "home"),
      setting: (key: string) =>
        settings[key] ?? exec.settings?.find((one) => one.key === key)?.initial ?? null,
    },
  } as unknown as CallContext;
  return runProgram(args, context, finder);
}

const shell = (script: string, more: Partial<RunArguments> = {}, finder = none) =>
  run({ args: ["-c", script], ...more }, finder);

async function refused(work: Promise<unknown>): Promise<FieldworkError> {
  return work.then(
    (answer) => expect.unreachable(`answered ${JSON.stringify(answer)}`),
    (error: unknown) => {
      expect(error).toBeInstanceOf(FieldworkError);
      return error as FieldworkError;
    },
  );
}

describe("exec.run", () => {
  test("gives code, stdout and stderr, and passes arguments and stdin untouched", async () => {
    expect(await shell("cat; echo oops >&2; exit 3", { stdin: "in; $(x)" })).toEqual({
      code: 3,
      stdout: "in; $(x)",
      stderr: "oops\n",
      truncated: false,
      sandboxed: false,
    });
    const args = ["%s|", "a b", "$HOME", "; ls", "*", ""];
    expect((await run({ program: "printf", args })).stdout).toBe("a b|$HOME|; ls|*||");
    expect((await shell("exit 0", { stdin: "x".repeat(1_000_000) })).code).toBe(0);
    expect((await shell("kill -9 $$")).code).toBeNull();
  });

  test("gives the program an environment of its own and none of Fieldwork's", async () => {
    process.env.FIELDWORK_TEST_SECRET = "LEAK";
    const { stdout } = await run({ program: "env", env: { MINE: "1" } });
    const names = stdout.trim().split("\n").sort();
    expect(names).toEqual([
      `HOME=${workspace}`,
      "LANG=C.UTF-8",
      "MINE=1",
      "PATH=/usr/local/bin:/usr/bin:/bin",
    ]);
    for (const name of [
      "LD_PRELOAD",
      "PATH",
      "NODE_OPTIONS",
      "FIELDWORK_X",
      "BASH_ENV",
      "a-b",
      "GIT_SSH_COMMAND",
    ])
      expect((await refused(run({ env: { [name]: "x" } }))).code, name).toBe("invalid_input");
  });

  test("fills secrets into variables and takes them out of the output, also where it is cut", async () => {
    const env = { KEY: "{{secret:key}}" };
    expect((await shell('printf "%s %s" "$KEY" "$(printf %s $KEY | base64)"', { env })).stdout).toBe(
      "{{secret:key}} {{secret:key}}",
    );
    expect((await shell('printf "ab%s" "$KEY"', { env, max_bytes: 8 })).stdout).toBe("ab{{secr");
  });

  test("starts in the workspace or a folder of it, and nowhere else", async () => {
    expect((await run({ program: "pwd" })).stdout.trim()).toBe(workspace);
    for (const cwd of ["sub", "/workspace/sub", "./sub/../sub", join(workspace, "sub")])
      expect((await run({ program: "pwd", cwd })).stdout.trim()).toBe(join(workspace, "sub"));
    symlinkSync(base, join(workspace, "out"));
    for (const cwd of ["..", "out", "/tmp", "/workspace/..", `${workspace}/../..`, "a\0b"])
      expect((await refused(run({ program: "pwd", cwd }))).code, cwd).toBe("denied");
    expect((await refused(run({ program: "pwd", cwd: "none" }))).code).toBe("not_found");
  });

  test("cuts output at the limit and lets the program finish", async () => {
    const answer = await shell("head -c 3000000 /dev/zero | tr '\\0' x; echo end >&2", { max_bytes: 1000 });
    expect([answer.stdout.length, answer.stderr, answer.truncated, answer.code]).toEqual([
      1000,
      "end\n",
      true,
      0,
    ]);
  });

  test("refuses a NUL and more arguments than the system takes", async () => {
    expect((await refused(run({ args: ["a\0b"] }))).code).toBe("invalid_input");
    expect((await refused(run({ program: "true", args: Array(1000).fill("x".repeat(100_000)) }))).code).toBe(
      "too_large",
    );
  });

  test("refuses to run without a sandbox where one is required", async () => {
    settings["exec.require_sandbox"] = true;
    expect((await refused(shell("true"))).code).toBe("unavailable");
  });
});

describe("an end", () => {
  const beat = (name: string) => `while :; do echo x >> ${name}; sleep 0.05; done`;
  const stillBeating = async (name: string) => {
    const before = readFileSync(join(workspace, name), "utf8").length;
    await wait(400);
    return readFileSync(join(workspace, name), "utf8").length > before;
  };

  test("by time ends the whole group, also what ignores the polite signal", async () => {
    const started = performance.now();
    const error = await refused(
      shell(`trap '' TERM; (${beat("a")}) & echo begun; ${beat("b")}`, { timeout_ms: 300 }),
    );
    expect([error.code, error.details]).toEqual(["timeout", { stdout: "begun\n", stderr: "" }]);
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(await stillBeating("a")).toBe(false);
    expect(await stillBeating("b")).toBe(false);
  });

  test("by the caller is `cancelled`", async () => {
    setTimeout(() => abort.abort(), 100);
    expect((await refused(shell(beat("a")))).code).toBe("cancelled");
    expect(await stillBeating("a")).toBe(false);
  });

  test("of the program is the end of what it left in the background", async () => {
    const started = performance.now();
    const answer = await shell(`(${beat("a")}) & sleep 0.2; echo done`);
    expect([answer.stdout, answer.code]).toEqual(["done\n", 0]);
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(await stillBeating("a")).toBe(false);
  });
});

describe("a program", () => {
  test("is compared by its bare name, or by its real path", async () => {
    const home = join(base, "home");
    expect(await canonicalProgram("git", home)).toBe("git");
    symlinkSync(SH, join(base, "link"));
    expect(await canonicalProgram(join(base, "link"), home)).toBe(SH);
    for (const program of ["./sh", "../sh", "bin/sh", "a\0b", "-x", "sh;ls", ""])
      expect((await refused(canonicalProgram(program, home))).code, program).toBe("invalid_input");
    expect((await refused(canonicalProgram("/none", home))).code).toBe("not_found");
    expect((await refused(canonicalProgram("/etc/passwd", home))).code).toBe("not_found");
    writeFileSync(join(workspace, "tool"), "#!/bin/sh\n", { mode: 0o755 });
    expect((await refused(canonicalProgram(join(workspace, "tool"), home))).code).toBe("denied");
  });

  test("of a bare name is looked up in the folders of exec.path only", async () => {
    writeFileSync(join(workspace, "mine"), "#!/bin/sh\necho mine", { mode: 0o755 });
    expect((await refused(run({ program: "mine" }))).code).toBe("not_found");
    settings["exec.path"] = `.:${workspace}:/usr/bin:/bin`;
    expect((await run({ program: "mine" })).stdout).toBe("mine\n");
  });
});

// Bubblewrap is not on every machine, and in many containers the kernel refuses its namespaces.
describe.skipIf(!sandboxWorks)("the sandbox", () => {
  const boxed = (script: string, more: Partial<RunArguments> = {}) => shell(script, more, bubblewrap);

  test("shows the workspace, writable, and the system, read-only, and nothing else of the machine", async () => {
    writeFileSync(join(base, "outside.txt"), "SECRET");
    const script = `pwd; echo $HOME; echo x > made; cat ${base}/outside.txt ${base}/home/fieldwork.db;
      ls -A ${base} /root /home /etc/shadow; echo x > /usr/x; ls /proc | grep -c '^[0-9]'; true`;
    const answer = await boxed(script, { cwd: "sub" });
    expect(answer.sandboxed).toBe(true);
    expect(answer.stdout.split("\n").slice(0, 2)).toEqual(["/workspace/sub", "/workspace"]);
    expect(readFileSync(join(workspace, "sub/made"), "utf8")).toBe("x\n");
    expect(answer.stdout).not.toContain("SECRET");
    expect(answer.stderr).toMatch(/usr\/x.*(Read-only|denied)/);
    expect(existsSync("/usr/x")).toBe(false);
    expect(Number(answer.stdout.trim().split("\n").at(-1))).toBeLessThan(8);
  });

  test("has no network unless the setting says so", async () => {
    const server = createServer((_request, response) => response.end("REACHED"));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const script = `exec 3<>/dev/tcp/127.0.0.1/${(server.address() as AddressInfo).port}; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3`;
    const fetch = () => run({ program: "bash", args: ["-c", script] }, bubblewrap);
    try {
      expect((await fetch()).stdout).not.toContain("REACHED");
      settings["exec.network"] = true;
      expect((await fetch()).stdout).toContain("REACHED");
    } finally {
      server.close();
    }
  });

  test("ends with all that runs in it", async () => {
    const started = performance.now();
    expect((await refused(boxed("trap '' TERM; setsid sleep 60 & sleep 60", { timeout_ms: 300 }))).code).toBe(
      "timeout",
    );
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test("runs a program that lies outside the system's folders", async () => {
    writeFileSync(join(base, "tool"), "#!/bin/sh\necho tool", { mode: 0o755 });
    expect((await run({ program: join(base, "tool") }, bubblewrap)).stdout).toBe("tool\n");
  });
});
