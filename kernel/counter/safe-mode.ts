import type { Capability } from "#contract";

/** What mends or tightens things stays possible. */
const MENDING: ReadonlySet<string> = new Set([
  "system.reseal",
  "system.backup",
  "system.setup",
  "system.stop",
  "account.setup",
  "account.password",
  "account.reset",
  "account.logout",
  "account.session.revoke",
  "account.passkey.remove",
  "account.token.narrow",
  "account.token.revoke",
  "agent.disable",
  "agent.remove",
  "grant.take",
  "approval.refuse",
  "secret.delete",
  "secret.rotate",
]);

/** In safe mode nothing runs, is installed or reaches outside; one can look, and mend. */
export function allowedInSafeMode(capability: Capability): boolean {
  if (MENDING.has(capability.name)) return true;
  if (capability.name === "module.invoke" || capability.name === "message.send") return false;
  return capability.effect === "none" || capability.effect === "read" || capability.effect === "write";
}
