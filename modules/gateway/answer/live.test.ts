import { expect, test } from "vitest";
import type { LiveEvent, LlmDelta, LlmDeltaPlace } from "#contract";
import { createLive } from "./live.ts";

type Told = LlmDelta & LlmDeltaPlace;

function listen() {
  const told: Told[] = [];
  const host = {
    now: () => 1000,
    live: (event: LiveEvent) => void told.push(event.data as unknown as Told),
  };
  const begin = () => createLive(host, { kind: "llm.delta", agent: "field", session: "s", trace: "t" });
  return { told, begin };
}

test("every delta says where in its answer it belongs, so that what was heard can be joined with what was read", () => {
  const { told, begin } = listen();
  const live = begin();
  const text = "The mill bridge stands at 2.05 m. 🌊 ".repeat(8);
  for (let at = 0; at < text.length; at += 3) live.delta({ type: "text", text: text.slice(at, at + 3) });
  live.delta({ type: "tool_call", index: 0, id: "a", name: "fs_read", args: '{"pa' });
  live.delta({ type: "tool_call", index: 0, args: 'th":1}' });
  live.delta({ type: "tool_call", index: 1, id: "b", name: "fs_list", args: "{}" });
  live.end();

  let said = "";
  const args = ["", ""];
  for (const one of told) {
    if (one.type === "tool_call") {
      expect(one.offset).toBe(args[one.index]?.length);
      args[one.index] += one.args ?? "";
    } else {
      expect(one.offset).toBe(said.length);
      said += one.text;
    }
  }
  expect(said).toBe(text);
  expect(args).toEqual(['{"path":1}', "{}"]);
});

test("a later answer has the larger number", () => {
  const { told, begin } = listen();
  for (let n = 0; n < 3; n++) {
    const live = begin();
    live.delta({ type: "text", text: "a" });
    live.end();
  }
  const [first = 0, second = 0, third = 0] = told.map(({ completion }) => completion);
  expect(first).toBeGreaterThanOrEqual(1000);
  expect(second).toBeGreaterThan(first);
  expect(third).toBeGreaterThan(second);
});
