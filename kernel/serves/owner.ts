import { capability, FieldworkError, formatGrant, type JsonValue, type Provider, provide } from "#contract";
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
}

/** What the owner decides: grants, approvals, secrets, settings. */
export function serveOwner({ grants, approvals, vault, settings, registry, note }: OwnerParts): Provider[] {
  return [
    provide(capability("grant.list"), (args) => ({
      grants: grants.list(args.module),
    })),
    provide(capability("grant.give"), (args) => {
      const { module, grant } = args;
      registry.entry(module);
      const given = readGrant(grant);
      grants.give(module, given);
      note("grant.given", module, { grants: given.map(formatGrant) });
      return { ok: true as const };
    }),
    provide(capability("grant.take"), (args) => {
      const { module, grant } = args;
      const asked = grant.includes(":")
        ? readGrant(grant)
        : readGrant(grant).flatMap(({ capability: name }) =>
            grants.scopes(module, name).map((scope) => ({ capability: name, scope })),
          );
      const taken = grants.take(module, asked);
      if (taken === 0)
        throw new FieldworkError("not_found", `${module} holds no grant ${grant}.`, {
          remedy: `See \`fw grant list ${module}\`.`,
        });
      note("grant.taken", module, { grants: asked.map(formatGrant) });
      return { taken };
    }),
    provide(capability("approval.list"), (args) => ({
      approvals: approvals.list(args.all),
    })),
    provide(capability("approval.give"), (args) => approvals.decide(args.id, "given")),
    provide(capability("approval.refuse"), (args) => approvals.decide(args.id, "refused")),
    provide(capability("secret.set"), (args) => {
      const { name, value, hosts } = args;
      vault.set(name, value, hosts);
      note("secret.set", name, { hosts });
      return { ok: true as const };
    }),
    provide(capability("secret.list"), () => ({ secrets: vault.list() })),
    provide(capability("secret.delete"), (args) => {
      const { name } = args;
      const deleted = vault.delete(name);
      if (deleted) note("secret.deleted", name);
      return { deleted };
    }),
    provide(capability("secret.rotate"), () => {
      const rotated = vault.rotate();
      note("secret.rotated", "master_key", { rotated });
      return { rotated };
    }),
    provide(capability("setting.list"), () => ({ settings: settings.list() })),
    provide(capability("setting.set"), (args) => {
      const { key, value } = args;
      settings.set(key, value);
      note("setting.changed", key, { value });
      return { ok: true as const };
    }),
  ];
}
