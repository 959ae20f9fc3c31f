import type { Before, Host } from "#contract";
import { identityOf } from "./identity.ts";

/**
 * A backup does not bring back who could come in at its time: every session ends, and of its passkeys and API tokens those stay that
 * the home had right before, with no more than they had there.
 */
export async function restored(before: Before, host: Host): Promise<void> {
  const { sessions, devices, passkeys, tokens, durable } = identityOf(host);
  const ended = {
    sessions: sessions.endOthers(undefined).length,
    passkeys: passkeys.keepOnly(before("identity.db", "SELECT id, counter FROM passkeys")),
    tokens: tokens.keepOnly(before("identity.db", "SELECT id, scopes, expires_at FROM tokens")),
  };
  devices.forgetAll();
  await durable();
  host.append({ kind: "account.restored", subject: "owner", data: ended, trace: "start", span: "start" });
}
