import { capability, FieldworkError, type Provider, provide } from "#contract";
import type { Guardian } from "../guardian/index.ts";
import { createGuesses, type Owner } from "../owner/index.ts";
import { serveOwnerPassword } from "./owner-password.ts";

export interface SystemParts {
  readonly guardian: Guardian;
  readonly owner: Owner;
  readonly now: () => number;
  note(kind: string, subject: string): void;
}

/** The system's owner and seal. */
export function serveSystem({ guardian, owner, now, note }: SystemParts): Provider[] {
  const guesses = createGuesses(now);
  return [
    provide(capability("system.setup"), async (args) => {
      const { owner: name, password } = args;
      await owner.create(name, password);
      await guardian.protect(password);
      note("system.owner_created", name);
      return { ok: true as const };
    }),
    provide(capability("system.reseal"), async (args) => {
      const { password } = args;
      if (owner.exists()) {
        const guess = guesses.begin();
        if (!(await owner.verify(password))) {
          throw new FieldworkError("denied", "That is not the owner's password.", {
            remedy: "Try again with the owner's password.",
          });
        }
        guess.right();
        // A death in the middle of the setup leaves the key without its password.
        await guardian.protect(password);
      }
      const files = await guardian.reseal(password);
      note("system.resealed", "core");
      return { files };
    }),
    ...serveOwnerPassword({ owner, guardian, note }),
  ];
}
