import { expect, test } from "vitest";
import { network } from "./network.ts";

test.each([
  ["127.0.0.1", "loopback"],
  ["127.8.9.1", "loopback"],
  ["::1", "loopback"],
  ["192.168.1.7", "192.168.1.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
])("%s is one guesser as %s", (address, place) => {
  expect(network(address)).toBe(place);
});
