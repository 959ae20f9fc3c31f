import fc from "fast-check";
import { expect, test } from "vitest";
import { CAPABILITIES, scopeBeyond, scopesCover, tokenScope } from "./index.ts";

const all = [...CAPABILITIES.values()];
const families = [...new Set(all.map(({ name }) => `${name.slice(0, name.lastIndexOf("."))}.*`))].filter(
  (one) => tokenScope.safeParse(one).success && one !== ".*",
);
const scope = fc.constantFrom("*", "read", ...families, ...all.map(({ name }) => name));
const covered = (scopes: readonly string[]) =>
  all.filter((one) => scopesCover(scopes, one)).map(({ name }) => name);

test("a scope covers one capability, a family, what only reads, or all; what is guarded by its name or family alone", () => {
  expect(covered(["agent.list"])).toEqual(["agent.list"]);
  expect(covered(["grant.*"])).toEqual(["grant.list", "grant.give", "grant.take"]);
  expect(covered(["gran.*", "grant", "agent.lis"])).toEqual([]);
  const guarded = all.filter((one) => one.guarded).map(({ name }) => name);
  for (const name of [
    "account.password",
    "account.token.make",
    "owner.verify",
    "system.setup",
    "system.reseal",
  ])
    expect(guarded).toContain(name);
  expect(covered(["*"]).filter((name) => guarded.includes(name))).toEqual([]);
  expect(covered(["*"])).toHaveLength(all.length - guarded.length);
  expect(covered(["read"])).toEqual(
    all.filter((one) => one.effect === "read" && !one.guarded).map(({ name }) => name),
  );
  expect(covered(["account.token.*"]).every((name) => name.startsWith("account.token."))).toBe(true);
});

test("scopes that are not beyond others never cover more than these", () => {
  fc.assert(
    fc.property(
      fc.array(scope, { minLength: 1, maxLength: 4 }),
      fc.array(scope, { minLength: 1, maxLength: 4 }),
      (asked, held) => {
        if (scopeBeyond(asked, held, all) !== undefined) return;
        const ours = new Set(covered(held));
        expect(covered(asked).filter((name) => !ours.has(name))).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});

test("what is beyond is named; a family is within `read` never, since it may come to do more", () => {
  expect(scopeBeyond(["agent.list"], ["agent.*"], all)).toBeUndefined();
  expect(scopeBeyond(["agent.list", "agent.remove"], ["agent.list"], all)).toBe("agent.remove");
  expect(scopeBeyond(["account.*"], ["*"], all)).toBe("account.*");
  expect(scopeBeyond(["journal.*"], ["read"], all)).toBe("journal.*");
  expect(scopeBeyond(["journal.query", "read"], ["read"], all)).toBeUndefined();
  expect(scopeBeyond(["*"], ["read", "agent.*"], all)).toBe("*");
});

test.each(["", "a b", "Agent.list", "agent.", ".*", "a.*.b", "**", "agent.*.*"])("%j is no scope", (text) => {
  expect(tokenScope.safeParse(text).success).toBe(false);
});
