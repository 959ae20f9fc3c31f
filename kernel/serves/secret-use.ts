import {
  ACTIONS,
  CAPABILITIES,
  type Caller,
  type Capability,
  capability,
  FieldworkError,
  type Provider,
  provide,
  TIERS,
} from "#contract";
import type { Grants } from "../grants/index.ts";
import { HANDLE, handleOf, type Vault } from "../vault/index.ts";

/** A module gets a handle, never a value. */
export const serveSecretUse = (): Provider[] => [
  provide(capability("secret.use"), {
    targets: (args) => ({ targets: [args.name], args }),
    run: (args) => ({ handle: handleOf(args.name) }),
  }),
];

/** Fills handles in at the host boundary, by the grants of the one in whose name the data goes out. */
export function createFill(
  vault: Vault,
  grants: Grants,
): (text: string, host: string, caller: Caller) => string {
  const use = CAPABILITIES.get("secret.use") as Capability;
  return (text, host, caller) =>
    text.replace(HANDLE, (_, name: string) => {
      const trusted = TIERS.indexOf(caller.tier) >= TIERS.indexOf("system");
      if (!trusted && !grants.covers(caller.id, use, `${name}@${host}`)) {
        throw new FieldworkError("denied", `${caller.id} holds no grant secret.use:${name}@${host}.`, {
          remedy: "The owner can give it.",
          action: ACTIONS.give_grant(caller.id, `secret.use:${name}@${host}`),
          details: {
            module: caller.id,
            capability: "secret.use",
            missing_grant: `secret.use:${name}@${host}`,
          },
        });
      }
      return vault.reveal(name, host);
    });
}
