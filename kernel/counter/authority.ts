import { ACTIONS, type Caller, type Capability, FieldworkError, scopesCover, TIERS } from "#contract";
import type { Grants } from "../grants/index.ts";

/**
 * A token holds less than the one who made it, whatever its tier.
 * @throws FieldworkError `denied`
 */
export function checkScopes({ id, login }: Caller, capability: Capability): void {
  if (login?.scopes === undefined || scopesCover(login.scopes, capability)) return;
  throw new FieldworkError("denied", `${id} holds no scope for ${capability.name}.`, {
    remedy: "Make a token that holds it.",
    action: ACTIONS.make_token(capability.name),
    details: { capability: capability.name, missing_scope: capability.name },
  });
}

/**
 * By the caller's tier, or by its grants for each target. `free`: the provider found nothing that a scope could be held against.
 * @throws FieldworkError `denied`
 */
export function checkGrant(
  grants: Grants,
  caller: Caller,
  capability: Capability,
  targets: readonly string[],
  free: boolean,
): void {
  const rank = TIERS.indexOf(caller.tier);
  if (capability.grant === "auto") return;
  if (capability.grant === "tier") {
    if (rank >= TIERS.indexOf(capability.tier ?? "owner")) return;
    throw new FieldworkError(
      "denied",
      `${capability.name} belongs to the ${capability.tier}; ${caller.id} may not use it.`,
      {
        remedy: "It cannot be granted to a module.",
        details: { capability: capability.name },
      },
    );
  }
  if (free || rank >= TIERS.indexOf("system")) return;
  const lacking = lackingGrant(grants, caller.id, capability, targets);
  if (lacking) throw lacking;
}

/** The denial for the first target that no grant covers; without targets, any grant of the capability does. */
export function lackingGrant(
  grants: Grants,
  module: string,
  capability: Capability,
  targets: readonly string[],
): FieldworkError | undefined {
  if (targets.length === 0)
    return grants.covers(module, capability, undefined) ? undefined : lacks(module, capability, undefined);
  const uncovered = targets.find((target) => !grants.covers(module, capability, target));
  return uncovered === undefined ? undefined : lacks(module, capability, uncovered);
}

function lacks(module: string, capability: Capability, target: string | undefined): FieldworkError {
  const grant = target === undefined ? capability.name : `${capability.name}:${target}`;
  return new FieldworkError("denied", `${module} holds no grant ${grant}.`, {
    remedy: "Ask for it in the manifest; the owner can give it.",
    action: ACTIONS.give_grant(module, grant),
    details: {
      module,
      capability: capability.name,
      ...(target === undefined ? {} : { target }),
      missing_grant: grant,
    },
  });
}
