import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { freshPlace, fw } from "../../test/fw.ts";
import { agentInfo, serve } from "../../test/server.ts";

const ask = (capability: string, scope: string, required: boolean, plain: string) => ({
  capability,
  scope,
  required,
  given: false,
  always: false,
  plain,
  known: true,
});
const fetchAsk = ask("http.fetch", "https://example.com/", true, "Load pages from example.com");
const runAsk = ask("exec.run", "git", false, "Run the program git");
const pack = (more: object = {}) => ({
  id: "notes",
  kind: "agent",
  display_name: "Notes",
  version: "2.0.0",
  replaces: null,
  asks: [fetchAsk, runAsk],
  new_asks: [],
  dropped: [],
  files: 3,
  bytes: 4096,
  ...more,
});

async function withPack(more: object = {}) {
  const place = freshPlace();
  const server = await serve(place.home, {
    "pack.inspect": () => pack(more),
    "pack.install": () => agentInfo({ version: "2.0.0" }),
    "agent.show": () => agentInfo({ state: "new", asks: [fetchAsk, runAsk] }),
    "agent.approve": () => agentInfo(),
  });
  const decided = () =>
    server.calls
      .filter(({ cap }) => cap === "pack.install" || cap === "agent.approve")
      .map(({ args }) => args);
  return { ...place, server, decided };
}

describe("without a terminal", () => {
  test("nothing is installed until a decision is given, and the error tells what is asked for", async () => {
    const { home, decided } = await withPack();
    const { code, stderr } = await fw(["agent", "install", "x.zip"], { home, input: "y\n" });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /Load pages from example\.com[\s\S]*required · http\.fetch:https:\/\/example\.com\//,
    );
    expect(stderr).toMatch(/remedy: Decide with --yes/);
    expect(decided()).toEqual([]);
    const json = await fw(["agent", "install", "x.zip", "--json"], { home });
    expect(json.json()).toMatchObject({
      error: {
        code: "approval_required",
        details: { asks: [{ grant: "http.fetch:https://example.com/", required: true }, {}] },
      },
    });
  });

  test.each([
    [["--yes"], "all"],
    [["--grants", "required"], "required"],
    [["--grants", "none"], "none"],
    [
      ["--grants", "http.fetch:https://a/?x=1,2,exec.run:git"],
      ["http.fetch:https://a/?x=1,2", "exec.run:git"],
    ],
    [
      ["--grants", "fs.read:/a", "--grants", "fs.read:/b"],
      ["fs.read:/a", "fs.read:/b"],
    ],
  ])("%j decides", async (flags, grants) => {
    const { home, decided } = await withPack();
    expect((await fw(["agent", "install", "/packs/x.zip", ...flags], { home })).code).toBe(0);
    expect((await fw(["agent", "approve", "notes", ...flags], { home })).code).toBe(0);
    expect(decided()).toEqual([
      { path: "/packs/x.zip", grants, enable: true },
      { id: "notes", grants },
    ]);
  });

  test("a list that holds no grant is wrong use, before anything is asked of the server", async () => {
    const { home, server } = await withPack();
    expect((await fw(["agent", "install", "x.zip", "--grants", "everything"], { home })).code).toBe(2);
    expect(server.calls).toEqual([]);
  });

  test("a relative path is taken from where the command runs", async () => {
    const { home, server } = await withPack();
    await fw(["agent", "install", "x.zip", "--yes"], { home });
    expect(server.calls[0]).toEqual({ cap: "pack.inspect", args: { path: join(process.cwd(), "x.zip") } });
  });
});

test("an upgrade shows what is new and what is no longer asked for", async () => {
  const { home } = await withPack({ replaces: "1.0.0", new_asks: [runAsk], dropped: ["fs.read:/data"] });
  const { stderr } = await fw(["agent", "install", "x.zip", "--yes"], { home });
  expect(stderr).toMatch(
    /replaces version 1\.0\.0[\s\S]*New: it now asks for\n +Run the program git[\s\S]*no longer asks for\n +fs\.read:\/data/,
  );
});

const noPty = spawnSync("script", ["--version"]).status !== 0;

/** A pseudo-terminal is made by script(1) of util-linux. */
describe.skipIf(noPty)("at a terminal", () => {
  async function typed(
    home: string,
    args: string,
    answers: readonly (readonly [prompt: string, keys: string])[],
  ) {
    const program = join(import.meta.dirname, "..", "..", "fw.ts");
    const child = spawn("script", ["-qec", `'${process.execPath}' '${program}' ${args}`, "/dev/null"], {
      env: { PATH: process.env.PATH, FIELDWORK_HOME: home, TERM: "xterm" },
    });
    let screen = "";
    let seen = 0;
    const waiting = [...answers];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen += text;
      const [next] = waiting;
      if (!next || !screen.slice(seen).includes(next[0])) return;
      seen = screen.length;
      waiting.shift();
      child.stdin.write(next[1]);
    });
    const [code] = await once(child, "close");
    return { code, screen };
  }

  test.each([
    ["y", [["[y/N/choose]", "y\r"]], 0, ["all"]],
    ["nothing", [["[y/N/choose]", "\r"]], 1, []],
    [
      "each by itself",
      [
        ["[y/N/choose]", "choose\r"],
        ["example.com — give?", "y\r"],
        ["git — give?", "n\r"],
      ],
      0,
      [["http.fetch:https://example.com/"]],
    ],
    ["the end of input", [["[y/N/choose]", "\x04"]], 1, []],
  ] as const)("a person answers with %s", async (_, answers, code, grants) => {
    const { home, decided } = await withPack();
    const ran = await typed(home, "agent install x.zip", answers);
    expect(ran.screen).toContain("Load pages from example.com");
    expect(ran.code).toBe(code);
    expect(decided().map((args) => (args as { grants: unknown }).grants)).toEqual(grants);
  });

  test("a secret is not shown while it is typed, and backspace works", async () => {
    const { home } = freshPlace();
    const server = await serve(home, { "secret.set": () => ({ ok: true }) });
    const { code, screen } = await typed(home, "secret set key", [["Value of key:", "hunterX\x7f2\r"]]);
    expect(code).toBe(0);
    expect(screen).not.toContain("hunter");
    expect(server.calls).toEqual([{ cap: "secret.set", args: { name: "key", value: "hunter2", hosts: [] } }]);
  });

  test("Ctrl-C at a secret changes nothing", async () => {
    const { home } = freshPlace();
    const server = await serve(home, {});
    expect((await typed(home, "secret set key", [["Value of key:", "hun\x03"]])).code).not.toBe(0);
    expect(server.calls).toEqual([]);
  });

  test("colours are shown, and not with NO_COLOR", async () => {
    const { home } = freshPlace();
    expect((await typed(home, "help", [])).screen).toContain("\x1b[1m");
    const program = join(import.meta.dirname, "..", "..", "fw.ts");
    const plain = spawnSync(
      "script",
      ["-qec", `NO_COLOR=1 '${process.execPath}' '${program}' help`, "/dev/null"],
      { encoding: "utf8" },
    );
    expect(plain.stdout).toContain("Usage");
    expect(plain.stdout).not.toContain("\x1b[");
  });
});
