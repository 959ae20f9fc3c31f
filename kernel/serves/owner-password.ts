import {
  ACTIONS,
  type CallContext,
  capability,
  FieldworkError,
  type JsonValue,
  type Provider,
  provide,
} from "#contract";
import type { Guardian } from "../guardian/index.ts";
import type { Owner } from "../owner/index.ts";

export interface OwnerPasswordParts {
  readonly owner: Owner;
  readonly guardian: Guardian;
  note(kind: string, subject: string, data?: Readonly<Record<string, JsonValue>>): void;
}

const SIGNS_IN = "identity";

/** The owner's password, which opens the seal's key too, for the module that signs people in: it bounds attempts and ends sessions. */
export function serveOwnerPassword({ owner, guardian, note }: OwnerPasswordParts): Provider[] {
  return [
    provide(capability("owner.show"), (_, context) => {
      onlyIdentity(context);
      const { name = null, madeAt = null } = owner.show() ?? {};
      return { owner: name, made_at: madeAt };
    }),
    provide(capability("owner.verify"), async ({ password, known }, context) => {
      onlyIdentity(context);
      return { verified: await owner.verify(password, known) };
    }),
    provide(capability("owner.password"), async ({ current, password }, context) => {
      onlyIdentity(context);
      if (current !== undefined) {
        if (!(await owner.verify(current)))
          throw new FieldworkError("denied", "That is not the present password.", {
            remedy: "Try again; if it is forgotten, it is set anew on the machine itself.",
            action: ACTIONS.reset_password(),
          });
        // The key first: it refuses where it does not open, and then nothing has changed.
        await guardian.reprotect(current, password);
        await owner.change(password);
      } else {
        await owner.change(password);
        await guardian.renewKey(password);
        note("system.seal_key_renewed", "core");
      }
      return { ok: true as const };
    }),
  ];
}

function onlyIdentity({ caller }: CallContext): void {
  if (caller.tier === "system" && caller.id === SIGNS_IN) return;
  throw new FieldworkError("denied", `${caller.id} may not handle the owner's password.`, {
    remedy: "Use account.login, account.password or account.reset.",
  });
}
