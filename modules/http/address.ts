import { BlockList, isIP } from "node:net";

/**
 * What an IP address is for: `private` ones lead into a network of the owner, `local` ones to this very machine, `special`
 * ones nowhere a fetch has business (link-local with its cloud metadata, multicast, unspecified, reserved).
 */
export type Reach = "public" | "private" | "loopback" | "special";

const PRIVATE = blockList(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"], ["fc00::/7"]);
const LOOPBACK = blockList(["127.0.0.0/8"], ["::1/128"]);
/** IANA's registries of special-purpose addresses, without the two lists above. Of IPv6 only 2000::/3 is given out at all. */
const SPECIAL = blockList(
  [
    "0.0.0.0/8",
    "169.254.0.0/16",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
  ],
  ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"],
);
const GLOBAL_V6 = blockList([], ["2000::/3"]);

/** @param address an IPv4 or IPv6 address without brackets; a zone is ignored */
export function reachOf(address: string): Reach {
  const [plain = ""] = address.split("%");
  const version = isIP(plain);
  if (version === 4) return reachOfV4(plain);
  if (version !== 6) return "special";
  const embedded = embeddedV4(plain);
  if (embedded !== undefined) return reachOfV4(embedded);
  if (LOOPBACK.check(plain, "ipv6")) return "loopback";
  if (PRIVATE.check(plain, "ipv6")) return "private";
  return GLOBAL_V6.check(plain, "ipv6") && !SPECIAL.check(plain, "ipv6") ? "public" : "special";
}

function reachOfV4(address: string): Reach {
  if (LOOPBACK.check(address)) return "loopback";
  if (PRIVATE.check(address)) return "private";
  return SPECIAL.check(address) ? "special" : "public";
}

/** The IPv4 address inside a mapped (::ffff:0:0/96), compatible (::/96) or NAT64 (64:ff9b::/96) one. */
function embeddedV4(address: string): string | undefined {
  const words = wordsOf(address);
  const prefix = words.slice(0, 6).join(":");
  const [high = 0, low = 0] = words.slice(6);
  const compatible = prefix === "0:0:0:0:0:0" && (high !== 0 || low > 1);
  if (prefix !== `0:0:0:0:0:${0xffff}` && prefix !== `${0x64}:${0xff9b}:0:0:0:0` && !compatible)
    return undefined;
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight 16-bit words of an IPv6 address. */
function wordsOf(address: string): number[] {
  // The URL parser writes every form, also one that ends in a dotted IPv4, in hexadecimal words.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const parse = (text: string) =>
    text === "" ? [] : text.split(":").map((word) => Number.parseInt(word, 16));
  const start = parse(head);
  if (tail === undefined) return start;
  const end = parse(tail);
  return [...start, ...Array<number>(8 - start.length - end.length).fill(0), ...end];
}

function blockList(v4: readonly string[], v6: readonly string[]): BlockList {
  const list = new BlockList();
  for (const [family, ranges] of [
    ["ipv4", v4],
    ["ipv6", v6],
  ] as const)
    for (const range of ranges) {
      const [network = "", bits = ""] = range.split("/");
      list.addSubnet(network, Number(bits), family);
    }
  return list;
}
