import { withCommand } from "../terminal/index.ts";
import { type Check, fail, notTold, ok, warn } from "./check.ts";

export const health: Check = {
  name: "health",
  run(patient) {
    const said = patient.health;
    if (!said) return [notTold(patient)];
    if (said.problems.length === 0) return [ok(said.state)];
    return said.problems.map(({ part, what, remedy, action }) =>
      warn(`${part}: ${what}`, withCommand(remedy, action)),
    );
  },
};

export const seal: Check = {
  name: "seal",
  run(patient) {
    const said = patient.health;
    if (!said) return [notTold(patient)];
    if (said.state !== "safe_mode") return [ok("holds")];
    return [
      fail(
        "safe mode: contract/ or kernel/ is not as it was sealed",
        "Restore the program's files, or accept them with `fw upgrade` or `fw reseal`.",
      ),
    ];
  },
};
