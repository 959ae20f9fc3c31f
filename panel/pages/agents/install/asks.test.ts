import { describe, expect, it } from "vitest";
import type { Ask } from "../module.ts";
import { distinct, grantOf, proposed, reachesFar } from "./asks.ts";

const ask = (capability: string, more: Partial<Ask> = {}): Ask => ({
  capability,
  scope: "*",
  required: false,
  given: false,
  always: false,
  plain: "",
  known: true,
  ...more,
});

describe("what a pack asks for", () => {
  it("writes a grant the way the server reads it", () => {
    expect(grantOf(ask("fs.read"))).toBe("fs.read");
    expect(grantOf(ask("http.fetch", { scope: "https://a.example" }))).toBe("http.fetch:https://a.example");
  });
  it("asks for a thing once, and requires it where any line does", () => {
    const asks = distinct([
      ask("fs.read"),
      ask("fs.read", { required: true }),
      ask("fs.read", { scope: "/a" }),
    ]);
    expect(asks.map(({ scope, required }) => [scope, required])).toEqual([
      ["*", true],
      ["/a", false],
    ]);
  });
  it("proposes what is held and what is required, never what does not exist here", () => {
    const asks = [
      ask("fs.read", { required: true }),
      ask("fs.list", { given: true }),
      ask("http.fetch"),
      ask("magic.wand", { required: true, known: false }),
    ];
    expect([...proposed(asks)]).toEqual(["fs.read", "fs.list"]);
  });
  it("warns of what nothing narrows", () => {
    expect(reachesFar(ask("exec.run"))).toBe(true);
    expect(reachesFar(ask("exec.run", { scope: "git" }))).toBe(false);
    expect(reachesFar(ask("slash.run"))).toBe(false);
  });
});
