import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { quickCheck } from "../home/index.ts";
import { type Check, fail, ok, skip } from "./check.ts";

const EXPECTED = ["fieldwork.db", "journal.db"] as const;

export const databases: Check = {
  name: "databases",
  run({ home }) {
    const names = existsSync(home)
      ? readdirSync(home)
          .filter((name) => name.endsWith(".db"))
          .sort()
      : [];
    if (names.length === 0) return [skip("there are none yet")];
    const missing = EXPECTED.filter((name) => !names.includes(name)).map((name) =>
      fail(`${name} is missing`, "Restore a backup with `fw restore PATH`."),
    );
    const states = statesOf(home);
    const damaged = [...names, ...states].flatMap((name) => {
      const problem = quickCheck(join(home, name));
      return problem === undefined
        ? []
        : [
            fail(
              `${name} is damaged: ${problem}`,
              "Stop the server and restore a backup with `fw restore PATH`.",
            ),
          ];
    });
    const problems = [...missing, ...damaged];
    if (problems.length > 0) return problems;
    return [ok([...names, ...(states.length > 0 ? [`${states.length} of agents`] : [])].join(", "))];
  },
};

/** The agents' own databases, as paths in the home. */
function statesOf(home: string): string[] {
  const agents = join(home, "agents");
  const names = existsSync(agents) ? readdirSync(agents).sort() : [];
  return names.map((name) => join("agents", name, "state.db")).filter((path) => existsSync(join(home, path)));
}
