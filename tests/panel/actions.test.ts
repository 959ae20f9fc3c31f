import { expect, test } from "vitest";
import { COMMANDS } from "../../cli/commands/index.ts";
import { ACTIONS, ERRORS } from "../../contract/index.ts";
import { t } from "../../panel/text/index.ts";

const all = Object.values(ACTIONS).map((make) =>
  (make as (...about: string[]) => ReturnType<typeof make>)("field", "exec.run"),
);

test("every action leads to a place of the panel that there is", () => {
  for (const { name, page } of all) {
    if (page === null) continue;
    const [place = "", first = "", second] = page.replace(/\?.*/, "").slice(1).split("/");
    expect(Object.keys(t.shell), name).toContain(place);
    if (place === "settings") expect(Object.keys(t.settings.sections), name).toContain(first);
    if (second !== undefined) expect(Object.keys(t.agents.tabs), name).toContain(second);
  }
});

test("every action is a command that there is, and has words", () => {
  for (const { name, command } of all) {
    const words = command.split(" ").slice(1);
    expect(command, name).toMatch(/^fw /);
    const known = COMMANDS.some((one) => one.name === words[0] || one.name === `${words[0]} ${words[1]}`);
    expect(known, command).toBe(true);
    expect(t.actions.names, name).toHaveProperty(name);
  }
});

test("the words of the table of errors name no command: that is told by the action beside them", () => {
  for (const { remedy } of Object.values(ERRORS)) expect(remedy).not.toMatch(/\bfw [a-z]/);
});
