import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../support/system.ts";
import { type Arena, expectContained, openArena } from "./arena.ts";
import { ATTACK, type Attack, script } from "./attack.ts";
import { floods } from "./attacks/floods.ts";

const ASKED = 10;
const asker: Attack = {
  id: "asks-people",
  attempt: "a thousand questions to the owner",
  files: script(
    `await Promise.all(Array.from({ length: 250 }, (_, n) =>
      host.call("http.fetch", { url: "https://example.com/?" + n }).catch(() => {})));`,
  ),
  manifest: { capabilities_required: ["http.fetch:https://example.com/"] },
  ends: ["timeout"],
};
/** Each letter is answered with two more. */
const letters: Attack = {
  id: "chain-letter",
  attempt: "letters that multiply",
  files: {
    "agent.ts": `import { agent } from "fieldwork";
const twice = async (host) => { for (let i = 0; i < 2; i++) await host.call("bus.send", { to: "chain-letter", type: "again", payload: {} }); };
export default agent({ handle: (_, host) => twice(host), rpc: { attack: { run: (_, host) => twice(host) } } });`,
  },
  manifest: { capabilities_required: ["bus.send:chain-letter"] },
  ends: ["reply"],
};
const partner = (id: string, other: string): Attack => ({
  id,
  attempt: "two modules that ask each other without end",
  files: {
    "agent.ts": `import { agent } from "fieldwork";
const ask = (_, host) => host.call("bus.request", { to: "${other}", type: "attack", payload: {} });
export default agent({ rpc: { attack: { run: ask } } });`,
  },
  manifest: { capabilities_required: [`bus.request:${other}`], timeout_call_ms: 2000 },
  ends: ["timeout", "rate_limited", "cancelled"],
});
const left = partner("ping-pong-left", "ping-pong-right");
const right = partner("ping-pong-right", "ping-pong-left");

let arena: Arena;
beforeAll(async () => {
  arena = await openArena([...floods, asker, letters, left, right]);
});
afterAll(() => arena.end());

describe("too much of anything is refused or cut, and nobody else drowns in it:", () => {
  for (const attack of floods) test(attack.attempt, () => expectContained(arena, attack));

  test(left.attempt, () => expectContained(arena, left));

  test(letters.attempt, async () => {
    await expectContained(arena, letters);
    await until("the letters stop", async () => {
      const { inbox } = await arena.health();
      return inbox.waiting <= 10_000;
    });
    await arena.system.result("agent.remove", { id: letters.id, purge: true });
    await until("the inbox is empty", async () => {
      const { inbox } = await arena.health();
      return inbox.waiting + inbox.running === 0;
    });
  });

  test(asker.attempt, async () => {
    const { system } = arena;
    await system.result("agent.config", { id: asker.id, set: { policy: { network: "ask" } } });
    const stop = new AbortController();
    const call = system
      .call("module.invoke", { id: asker.id, function: ATTACK, args: {} }, stop.signal)
      .catch((error: Error) => error.name);
    await until("questions are asked", async () => (await arena.health()).approvals_waiting > ASKED);
    stop.abort();
    expect(await call).toBe("AbortError");
    expect((await arena.health()).approvals_waiting).toBeLessThanOrEqual(1000);
    await arena.contained();
  });
});
