import { isIP } from "node:net";

/** What one guesser has of an address: the address itself, of IPv6 the /64 that a line is given. `loopback` for this machine. */
export function network(address: string): string {
  if (address === "::1" || (isIP(address) === 4 && address.startsWith("127."))) return "loopback";
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = Math.max(0, 8 - groups.length - after.length);
  const whole = tail === undefined ? groups : [...groups, ...Array<string>(missing).fill("0"), ...after];
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
