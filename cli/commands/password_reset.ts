import { defineCommand, type Place } from "../command/index.ts";
import { requireHome } from "../home/index.ts";
import { resetOffline } from "../offline/index.ts";
import { findServer } from "../server/index.ts";
import { counted, dim } from "../terminal/index.ts";
import { readNewPassword } from "./passwords.ts";

interface Reset {
  readonly ended: number;
  readonly passkeys: number;
  readonly tokens: number;
}

export const passwordReset = defineCommand({
  name: "password reset",
  summary: "Set a new owner's password without the old one, also while no server runs",
  words: [],
  options: { "password-stdin": { type: "boolean", summary: "Read the new password from standard input" } },
  details: [
    "For whoever can read the home on this machine. Every session ends and all that slowed down signing in is forgotten.",
    "Passkeys and API tokens stay: look at them, should somebody else have been in.",
  ],
  examples: ["fw password reset", "printf '%s' \"$PASSWORD\" | fw password reset --password-stdin"],
  async run({ options, place }) {
    const password = await readNewPassword(place, options["password-stdin"] === true);
    const data = await reset(place, password);
    const left = [
      ...(data.passkeys > 0 ? [counted(data.passkeys, "passkey")] : []),
      ...(data.tokens > 0 ? [counted(data.tokens, "API token")] : []),
    ];
    return {
      data,
      text: [
        "The password is set.",
        dim(`${counted(data.ended, "session")} ended.`),
        ...(left.length > 0
          ? [dim(`Still there: ${left.join(", ")}. See the account in the panel, and fw token list.`)]
          : []),
      ],
    };
  },
});

async function reset(place: Place, password: string): Promise<Reset> {
  if (await findServer(place.home)) return place.call<Reset>("account.reset", { password });
  requireHome(place.home);
  return resetOffline<Reset>(place.root, place.home, password);
}
