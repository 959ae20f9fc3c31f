import { describe, expect, test } from "vitest";
import { reachOf } from "./address.ts";
import { admissionOf, isAdmitted } from "./admission.ts";

describe("an address", () => {
  test.each([
    ["93.184.216.34", "public"],
    ["2606:4700::1111", "public"],
    ["127.0.0.1", "loopback"],
    ["127.255.255.254", "loopback"],
    ["::1", "loopback"],
    ["10.0.0.1", "private"],
    ["172.16.0.1", "private"],
    ["172.32.0.1", "public"],
    ["192.168.1.1", "private"],
    ["100.64.0.1", "private"],
    ["fd00::1", "private"],
    ["169.254.169.254", "special"],
    ["fe80::1", "special"],
    ["fe80::1%eth0", "special"],
    ["0.0.0.0", "special"],
    ["::", "special"],
    ["224.0.0.1", "special"],
    ["ff02::1", "special"],
    ["255.255.255.255", "special"],
    ["198.18.0.1", "special"],
    ["::ffff:127.0.0.1", "loopback"],
    ["::ffff:7f00:1", "loopback"],
    ["::ffff:8.8.8.8", "public"],
    ["::127.0.0.1", "loopback"],
    ["64:ff9b::10.0.0.1", "private"],
    ["64:ff9b::8.8.8.8", "public"],
    ["64:ff9b:1::8.8.8.8", "special"],
    ["2002:7f00:1::", "special"],
    ["2001::1", "special"],
    ["2001:db8::1", "special"],
    ["::ffff:0:127.0.0.1", "special"],
    ["not an address", "special"],
  ])("%s is %s", (address, reach) => {
    expect(reachOf(address)).toBe(reach);
  });
});

describe("what a scope admits", () => {
  test.each([
    ["http://127.0.0.1:8080/x", "*", "127.0.0.1", false],
    ["http://127.0.0.1:8080/x", "http://127.0.0.1:8080/", "127.0.0.1", true],
    ["http://127.0.0.1:8081/x", "http://127.0.0.1:8080/", "127.0.0.1", false],
    ["http://169.254.169.254/", "http://169.254.169.254/", "169.254.169.254", true],
    ["http://localhost:3000/x", "http://localhost:3000/x", "127.0.0.1", true],
    ["http://localhost:3000/x", "http://localhost:3000/x", "10.0.0.1", false],
    ["http://nas.lan/x", "http://nas.lan/", "192.168.1.2", true],
    ["http://nas.lan/x", "http://nas.lan/", "127.0.0.1", false],
    ["http://api.example.com/x", "http://api.example.com/", "169.254.169.254", false],
    ["http://a.example.com/x", "http://*.example.com/", "10.0.0.1", false],
    ["http://a.example.com/x", "http://*.example.com/", "8.8.8.8", true],
  ])("%s under %s may reach %s: %s", (url, scope, address, expected) => {
    expect(isAdmitted(address, admissionOf(new URL(url), [scope]))).toBe(expected);
  });
});
