import { describe, expect, test } from "vitest";
import { commandHelp, findCommand, parseCommand, readGlobals } from "./command/index.ts";
import { COMMANDS } from "./commands/index.ts";
import { render } from "./terminal/index.ts";
import { freshPlace, fw } from "./test/fw.ts";

/** The words of an example as a shell would give them; of a pipe, the last part. */
function shellWords(line: string): string[] {
  const words: string[] = line.match(/'[^']*'|"[^"]*"|[^\s]+/g) ?? [];
  return words.slice(words.lastIndexOf("|") + 1).map((word) => word.replace(/^(['"])(.*)\1$/s, "$2"));
}

describe("every command", () => {
  test.each(COMMANDS.map((command) => [command.name, command] as const))(
    "%s has help with examples that parse as itself",
    (name, command) => {
      const help = render(commandHelp(command), false);
      expect(command.examples.length).toBeGreaterThan(0);
      expect(help).toContain("Usage");
      expect(command.summary).not.toMatch(/\.$/);
      for (const example of command.examples) {
        expect(help).toContain(example);
        const [program, ...argv] = shellWords(example);
        expect(program).toBe("fw");
        const { rest } = readGlobals(argv);
        const { command: found, taken } = findCommand(rest, COMMANDS);
        if (!(name === "call" && rest[0] === "help")) expect(found.name).toBe(name);
        expect(() => parseCommand(found, rest.slice(taken))).not.toThrow();
      }
    },
  );

  test("has a name of its own", () => {
    expect(new Set(COMMANDS.map((one) => one.name)).size).toBe(COMMANDS.length);
  });
});

describe("wrong use ends with 2 and says what was meant", () => {
  test.each([
    [["agnet", "list"], "Did you mean `fw agent`?"],
    [["agent", "instal", "x"], "Did you mean `fw agent install`?"],
    [["agent"], "needs a verb"],
    [["agent", "list", "--jsn"], "did you mean --json?"],
    [["agent", "show"], "needs ID"],
    [["agent", "show", "a", "b"], 'does not take "b"'],
    [["journal", "--limit", "0"], "whole number"],
    [["journal", "--limit", "many"], "whole number"],
    [["journal", "--limit"], "--limit"],
    [["journal", "--follow", "--verify"], "do not go together"],
    [["agent", "install", "x", "--yes", "--grants", "none"], "contradict"],
    [["agent", "config", "notes", "--policy", "exec=maybe"], "not a policy"],
    [["call", "time.now", "{bad"], "not JSON"],
    [["setup"], "no name"],
    [["--home"], "needs a folder"],
  ])("%j", async (args, said) => {
    const { home } = freshPlace();
    const plain = await fw(args, { home });
    expect(plain).toMatchObject({ code: 2, stdout: "" });
    expect(plain.stderr).toContain(said);
    expect(plain.stderr).toMatch(/^error: .+\nremedy: .+\n$/);
    const json = await fw(
      [...args, "--json"].filter((word) => word !== "--home"),
      { home },
    );
    if (!args.includes("--home") && !args.includes("--limit")) {
      expect(json.code).toBe(2);
      expect(json.stderr).toBe("");
      expect(json.json()).toMatchObject({ error: { code: "invalid_input" } });
    }
  });
});

describe("help", () => {
  test("without any word tells what there is", async () => {
    const { home } = freshPlace();
    const { code, stdout } = await fw([], { home });
    expect(code).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toContain(name);
    for (const option of ["--help", "-h"]) expect((await fw([option], { home })).stdout).toBe(stdout);
  });

  test("of a command that heads a family tells the command and the family", async () => {
    const { stdout } = await fw(["help", "journal"], freshPlace());
    expect(stdout).toContain("Usage  fw journal ");
    expect(stdout).toContain("--verify");
    expect(stdout).toContain("journal trace TRACE");
  });

  test("is the same by `fw help VERB` and `fw VERB --help`, also for a family and with other options", async () => {
    const { home } = freshPlace();
    for (const words of [["agent", "install"], ["journal"], ["agent"]]) {
      const byName = await fw(["help", ...words], { home });
      const byOption = await fw([...words, "--help"], { home });
      expect(byName).toMatchObject({ code: 0, stdout: byOption.stdout });
      expect(byName.stdout).toContain(`fw ${words.join(" ")}`);
    }
  });

  test("of a capability shows its schema, and an example that the schema accepts", async () => {
    const { home } = freshPlace();
    const { code, stdout } = await fw(["help", "call", "message.send"], { home });
    expect(code).toBe(0);
    expect(stdout).toMatch(/to +string +required/);
    expect(stdout).toContain(`fw call message.send '{"to":"notes"}'`);
    const schema = (await fw(["help", "call", "journal.query", "--json"], { home })).json();
    expect(schema).toMatchObject({
      name: "journal.query",
      input: { type: "object", properties: { limit: { maximum: 1000 } } },
    });
  });

  test("of an unknown capability says which was meant", async () => {
    const { home } = freshPlace();
    const { code, stderr } = await fw(["help", "call", "mesage.send"], { home });
    expect(code).toBe(1);
    expect(stderr).toContain("Did you mean message.send?");
  });
});

test("`--home` is taken before and after the command", async () => {
  const { home, folder } = freshPlace();
  const before = await fw(["--home", `${folder}/a`, "status", "--json"], { home });
  const after = await fw(["status", `--home=${folder}/a`, "--json"], { home });
  expect(before.json()).toEqual({ running: false, home: `${folder}/a` });
  expect(after.json()).toEqual(before.json());
});
