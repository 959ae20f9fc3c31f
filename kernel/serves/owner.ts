import {
  ACTIONS,
  capability,
  FieldworkError,
  formatGrant,
  type JsonValue,
  type Provider,
  provide,
} from "#contract";
import type { Approvals } from "../approvals/index.ts";
import { type Grants, readGrant } from "../grants/index.ts";
import type { Registry } from "../modules/index.ts";
import type { Settings } from "../settings/index.ts";
import type { Vault } from "../vault/index.ts";

export interface OwnerParts {
  readonly grants: Grants;
  readonly approvals: Approvals;
  readonly vault: Vault;
  readonly settings: Settings;
  readonly registry: Registry;
  note(kind: string, subject: string, data?: Readonly<Record<string, JsonValue>>): void;
  /** Resolves when what was decided survives the loss of power. */
  durable(): Promise<void>;
}

/** What the owner decides: grants, approvals, secrets, settings. */
export function serveOwner({
  grants,
  approvals,
  vault,
  settings,
  registry,
  note,
  durable,
}: OwnerParts): Provider[] {
  return [
    provide(capability("grant.list"), (args) => ({
      grants: grants.list(args.module),
    })),
    provide(capability("grant.give"), async (args) => {
      const { module, grant } = args;
      registry.entry(module);
      const given = readGrant(grant);
      grants.give(module, given);
      note("grant.given", module, { grants: given.map(formatGrant) });
      await durable();
      return { ok: true as const };
    }),
    provide(capability("grant.take"), async (args) => {
      const { module, grant } = args;
      const asked = grant.includes(":")
        ? readGrant(grant)
        : readGrant(grant).flatMap(({ capability: name }) =>
            grants.scopes(module, name).map((scope) => ({ capability: name, scope })),
          );
      const taken = grants.take(module, asked);
      if (taken === 0)
        throw new FieldworkError("not_found", `${module} holds no grant ${grant}.`, {
          remedy: "Look which it holds.",
          action: ACTIONS.see_grants(module),
        });
      note("grant.taken", module, { grants: asked.map(formatGrant) });
      await durable();
      return { taken };
    }),
    provide(capability("approval.list"), (which) => approvals.list(which)),
    provide(capability("approval.give"), async (args) => {
      const decided = approvals.decide(args.id, "given");
      await durable();
      return decided;
    }),
    provide(capability("approval.refuse"), async (args) => {
      const decided = approvals.decide(args.id, "refused");
      await durable();
      return decided;
    }),
    provide(capability("secret.set"), async (args) => {
      const { name, value, hosts } = args;
      vault.set(name, value, hosts);
      note("secret.set", name, { hosts });
      await durable();
      return { ok: true as const };
    }),
    provide(capability("secret.list"), () => ({ secrets: vault.list() })),
    provide(capability("secret.delete"), async (args) => {
      const { name } = args;
      const deleted = vault.delete(name);
      if (deleted) note("secret.deleted", name);
      await durable();
      return { deleted };
    }),
    provide(capability("secret.rotate"), async () => {
      const rotated = await vault.rotate();
      note("secret.rotated", "master_key", { rotated });
      return { rotated };
    }),
    provide(capability("setting.list"), () => ({ settings: settings.list() })),
    provide(capability("setting.set"), async (args) => {
      const { key, value } = args;
      settings.set(key, value);
      note("setting.changed", key, { value });
      await durable();
      return { ok: true as const };
    }),
  ];
}
