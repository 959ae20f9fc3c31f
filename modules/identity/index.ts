/**
 * Who acts for the owner: signing in, sessions, devices, passkeys, API tokens. The password itself is the kernel's.
 * @module
 */
import { defineModule } from "#contract";
import { identityOf } from "./identity.ts";
import { ownerProviders } from "./owner.ts";
import { restored } from "./restored.ts";
import { settings } from "./settings.ts";
import { signIn } from "./sign_in.ts";

const SWEEP_MS = 60_000;

export default defineModule({
  id: "identity",
  summary: "Who acts for the owner: sessions, devices, passkeys and API tokens.",
  settings,
  provides: [...signIn, ...ownerProviders],
  restored,
  start(host) {
    const { sweep } = identityOf(host);
    sweep();
    const timer = setInterval(sweep, SWEEP_MS).unref();
    return () => clearInterval(timer);
  },
});
