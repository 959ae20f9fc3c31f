import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../support/system.ts";
import { type Arena, expectContained, openArena } from "./arena.ts";
import { ATTACK } from "./attack.ts";
import { memory } from "./attacks/memory.ts";

const SMALL_BYTES = 768 * 1024 * 1024;

let arena: Arena;
beforeAll(async () => {
  arena = await openArena(memory);
});
afterAll(() => arena.end());

describe("a module gets the memory it was given and no more:", () => {
  for (const attack of memory) test(attack.attempt, () => expectContained(arena, attack));

  test("what forty memory bombs side by side took is given back", async () => {
    const bombs = ["array-script", "buffer-script", "grow-wasm", "grow-tables"];
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, n) => arena.invoke(bombs[n % 4] as string, ATTACK)),
    );
    for (const reply of replies) {
      if (!reply.ok)
        expect(["memory_exhausted", "fuel_exhausted", "timeout"], reply.error.message).toContain(
          reply.error.code,
        );
    }
    await arena.contained();
    await until("the processes are small again", async () => {
      const { sandbox } = await arena.health();
      return sandbox.processes.every(({ rss_bytes }) => rss_bytes < SMALL_BYTES);
    });
  });
});
