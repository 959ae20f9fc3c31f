import { deepEqual, equal } from "node:assert/strict";
import test from "node:test";
import { createTestCounter, runAgent } from "fieldwork/testing";
import definition from "./agent.ts";

test("it counts its messages and keeps each one", async () => {
  const counter = createTestCounter();
  const agent = runAgent(definition, counter);
  equal((await agent.message("hello")).reply, 'Message 1: "hello". I have no notes.');
  equal((await agent.message("again")).count, 2);
  equal(counter.kv.get("messages"), 2);
  equal(counter.calls.filter(({ cap }) => cap === "store.doc.put").length, 2);
});

test("it knows its notes", async () => {
  const counter = createTestCounter();
  counter.files.set("notes.txt", "water the plants\n");
  const { reply } = await runAgent(definition, counter).message("what now?");
  equal(reply, 'Message 1: "what now?". My notes say: water the plants');
});

test("it adds numbers", async () => {
  deepEqual(await runAgent(definition).call("sum", { numbers: [1, 2, 3.5] }), { sum: 6.5 });
});
