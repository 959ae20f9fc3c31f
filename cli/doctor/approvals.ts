import { counted } from "../terminal/index.ts";
import { type Check, notTold, ok, warn } from "./check.ts";

export const approvals: Check = {
  name: "approvals",
  run(patient) {
    const { health, modules } = patient;
    if (!health) return [notTold(patient)];
    const unapproved = (modules ?? []).filter((one) => one.state === "new").map((one) => one.id);
    const findings = unapproved.map((id) => warn(`${id} waits for your approval`, `fw agent approve ${id}`));
    if (health.approvals_waiting > 0)
      findings.push(
        warn(`${counted(health.approvals_waiting, "call")} waiting for your decision`, "fw approval list"),
      );
    return findings.length > 0 ? findings : [ok("none waiting")];
  },
};
