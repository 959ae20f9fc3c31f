import { type Caller, type Capability, CONFIRMED_FOR_MS, FieldworkError, type JsonObject } from "#contract";

/**
 * Has the person behind a session proved to be the owner not long ago, where the capability wants that? The local token is proof by
 * itself: who reads it reads every key of the home. An API token has no person behind it; its scopes say what it may do.
 * @throws FieldworkError `confirmation_required`
 */
export function checkConfirmed(
  { login }: Caller,
  { name, confirm }: Capability,
  args: unknown,
  now: number,
): void {
  if (confirm === undefined || login?.via !== "session") return;
  if (confirm !== true && !confirm(args as JsonObject)) return;
  const age = now - (login.proved_at ?? Number.NEGATIVE_INFINITY);
  // Of a clock that was set back a proof must not last longer.
  if (Math.abs(age) < CONFIRMED_FOR_MS) return;
  throw new FieldworkError("confirmation_required", "Confirm that it is you.", {
    details: { capability: name, confirmed_for_ms: CONFIRMED_FOR_MS },
  });
}
