import { expect, test } from "vitest";
import { z } from "zod";
import { CAPABILITIES } from "./index.ts";

const all = [...CAPABILITIES];

test("every capability is found under its own name", () => {
  for (const [name, { name: own }] of all) expect(own).toBe(name);
});

test("every capability says what it is for, and its schemas can be shown", () => {
  for (const [, { summary, input, output }] of all) {
    expect(summary).toMatch(/\.$/);
    expect(z.toJSONSchema(input, { io: "input", unrepresentable: "any" })).toBeTypeOf("object");
    expect(z.toJSONSchema(output, { io: "output", unrepresentable: "any" })).toBeTypeOf("object");
  }
});

/** Models are bounded by budgets that are reserved before each call; a question reaches the owner alone. */
const BOUNDED_OTHERWISE = ["llm.complete", "llm.embed", "user.ask"];

test("what reaches outside is never there without a grant", () => {
  const outside = all.filter(
    ([name, { effect }]) =>
      ["network", "exec", "message", "money"].includes(effect) && !BOUNDED_OTHERWISE.includes(name),
  );
  expect(outside.length).toBeGreaterThan(5);
  for (const [name, { grant, scope }] of outside) {
    expect([name, grant]).not.toEqual([name, "auto"]);
    if (grant === "owner") expect([name, scope]).not.toEqual([name, undefined]);
  }
});

test("what changes the system belongs to the owner", () => {
  for (const [name, { effect, tier }] of all)
    if (effect === "system") expect([name, tier]).toEqual([name, "owner"]);
});
