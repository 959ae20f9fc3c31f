/**
 * Loaded into the server before anything else: a name server in the place of the system's, whose answers change.
 * `rebind.test` is a public address when it is first asked for and this machine afterwards.
 */
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";

const PUBLIC = "93.184.215.14";
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  "rebind.test": [PUBLIC, "127.0.0.1"],
  "loopback.test": ["127.0.0.1"],
  "metadata.test": ["169.254.169.254"],
  "mapped.test": ["::ffff:127.0.0.1"],
};
type Done = (
  error: Error | null,
  found: readonly { readonly address: string; readonly family: number }[],
) => void;

const bySystem = dns.lookup as (host: string, options: unknown, done: Done) => void;
const asked = new Map<string, number>();

const lookup = (host: string, options: unknown, done: Done): void => {
  if (!host.endsWith(".test")) {
    bySystem(host, options, done);
    return;
  }
  const times = asked.get(host) ?? 0;
  asked.set(host, times + 1);
  const known = ADDRESSES[host];
  const address = known?.[Math.min(times, known.length - 1)];
  if (address === undefined) done(Object.assign(new Error(`no ${host}`), { code: "ENOTFOUND" }), []);
  else done(null, [{ address, family: address.includes(":") ? 6 : 4 }]);
};

(dns as { lookup: unknown }).lookup = lookup;
syncBuiltinESMExports();
