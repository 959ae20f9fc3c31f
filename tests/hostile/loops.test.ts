import { afterAll, beforeAll, describe, test } from "vitest";
import { type Arena, expectContained, openArena } from "./arena.ts";
import { loops } from "./attacks/loops.ts";

let arena: Arena;
beforeAll(async () => {
  arena = await openArena(loops);
});
afterAll(() => arena.end());

describe("a module that never ends is stopped, and nobody else waits for it:", () => {
  for (const attack of loops) test(attack.attempt, () => expectContained(arena, attack));
});
