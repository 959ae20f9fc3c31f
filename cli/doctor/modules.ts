import { readAgentFolders } from "../home/index.ts";
import { counted } from "../terminal/index.ts";
import { type Check, fail, ok, type Patient } from "./check.ts";

export const modules: Check = {
  name: "modules",
  run(patient) {
    const known = all(patient);
    const broken = known.filter((one) => one.problems.length > 0);
    if (broken.length === 0) return [ok(counted(known.length, "module"))];
    return broken.flatMap(({ id, problems }) =>
      problems.map((problem) =>
        fail(`${id}: ${problem}`, `Mend it in its folder; \`fw agent show ${id}\` tells more.`),
      ),
    );
  },
};

const all = ({ modules: known, home }: Patient): readonly { id: string; problems: readonly string[] }[] =>
  known?.map((one) => (one.state === "broken" ? one : { ...one, problems: [] })) ?? readAgentFolders(home);
