import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createTestCounter } from "../../../sdk/ts/testing.ts";
import { createTestHost, invoke, start } from "./fixture.ts";

const source = readFileSync(new URL("../../../templates/agent-ts/agent.ts", import.meta.url), "utf8");

test("the template agent runs as it stands and uses only what its manifest asks for", async () => {
  const counter = createTestCounter();
  counter.files.set("notes.txt", "water the plants\n");
  const host = createTestHost();
  const guest = await start(
    { "agent.ts": source },
    {
      ...host,
      async request(json) {
        const { cap, args } = JSON.parse(json) as { cap: string; args: Record<string, never> };
        return JSON.stringify(await counter.answer(cap, args));
      },
    },
  );
  const message = { text: "hello", session: "s", source: { kind: "owner", id: "owner" } };
  await invoke(guest, "handle_message", message);
  expect(await invoke(guest, "handle_message", message)).toEqual({
    ok: true,
    result: { reply: 'Message 2: "hello". My notes say: water the plants', count: 2 },
  });
  expect(await invoke(guest, "sum", { numbers: [1, 2.5] })).toEqual({ ok: true, result: { sum: 3.5 } });
  expect(new Set(counter.calls.map(({ cap }) => cap))).toEqual(
    new Set(["store.kv.get", "fs.read", "store.kv.set", "store.doc.put"]),
  );
});
