import OpenAI, { APIError, AuthenticationError } from "openai";
import { expect, test } from "vitest";
import { z } from "zod";
import { FAILURES } from "../model-server/index.ts";
import { addModel, scripted, startWorld, type World } from "./support.ts";

const client = async (world: World) => {
  const { key } = await world.result<{ key: string }>("model.key", { name: "official" });
  return new OpenAI({ baseURL: world.gateway.url, apiKey: key, maxRetries: 0 });
};
const messages = [{ role: "user" as const, content: "hi" }];

test("the official client completes, whole and as a stream, from both kinds of provider", async () => {
  const world = await startWorld();
  const openai = await client(world);
  const server = await scripted(() => ({ text: "Hello, 世界", usage: { input: 3, output: 4 } }));
  for (const dialect of ["openai", "anthropic"]) {
    await addModel(world, server, "m", { dialect });
    const whole = await openai.chat.completions.create({ model: "m", messages });
    expect(whole.choices[0]?.message.content).toBe("Hello, 世界");
    expect(whole.usage?.total_tokens).toBe(7);
    const stream = await openai.chat.completions.create({
      model: "m",
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let total = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      total = chunk.usage?.total_tokens ?? total;
    }
    expect([text, total]).toEqual(["Hello, 世界", 7]);
  }
});

test("its tool runner calls a tool and gets the answer that uses it", async () => {
  const world = await startWorld();
  const openai = await client(world);
  const server = await scripted([
    { tool_calls: [{ id: "c1", name: "add", args: { a: 2, b: 3 } }] },
    { text: "It is 5." },
  ]);
  await addModel(world, server);
  const runner = openai.chat.completions.runTools({
    model: "scripted",
    messages,
    stream: true,
    tools: [
      {
        type: "function",
        function: {
          name: "add",
          description: "Adds",
          parameters: { type: "object", properties: { a: { type: "number" }, b: { type: "number" } } },
          parse: (text: string) => JSON.parse(text) as { a: number; b: number },
          function: ({ a, b }: { a: number; b: number }) => String(a + b),
        },
      },
    ],
  });
  expect(await runner.finalContent()).toBe("It is 5.");
  expect(server.requests[1]?.body.messages.at(-1)).toEqual({
    role: "tool",
    tool_call_id: "c1",
    content: "5",
  });
});

test("it parses structured output, lists and gets models, and embeds", async () => {
  const world = await startWorld();
  const openai = await client(world);
  const server = await scripted(() => ({ text: '{"n":0}' }));
  await addModel(world, server, "org/m");
  await addModel(world, server, "e", { embeds: true });
  const schema = z.toJSONSchema(z.object({ n: z.number() })) as Record<string, unknown>;
  const parsed = await openai.chat.completions.parse({
    model: "org/m",
    messages,
    response_format: { type: "json_schema", json_schema: { name: "n", schema } },
  });
  expect(JSON.parse(parsed.choices[0]?.message.content ?? "")).toEqual({ n: 0 });
  const ids: string[] = [];
  for await (const model of openai.models.list()) ids.push(model.id);
  expect(ids).toEqual(["e", "org/m", "builtin"]);
  expect((await openai.models.retrieve("org/m")).id).toBe("org/m");
  const { data } = await openai.embeddings.create({ model: "e", input: ["red", "blue"] });
  expect(data[0]?.embedding).toHaveLength(64);
  expect(Math.hypot(...(data[0]?.embedding ?? []))).toBeCloseTo(1, 5);
});

test("its errors are the ones its users know", async () => {
  const world = await startWorld();
  const openai = await client(world);
  const server = await scripted();
  await addModel(world, server);
  server.script([{ text: "half of it", failure: { kind: "error_in_stream" } }]);
  const stream = await openai.chat.completions.create({ model: "scripted", messages, stream: true });
  await expect(async () => {
    for await (const _ of stream);
  }).rejects.toThrow(APIError);
  server.script([{ failure: FAILURES.context_openai }]);
  await expect(openai.chat.completions.create({ model: "scripted", messages })).rejects.toMatchObject({
    status: 400,
    code: "context_length_exceeded",
  });
  const stranger = new OpenAI({ baseURL: world.gateway.url, apiKey: "sk-wrong", maxRetries: 0 });
  await expect(stranger.models.list()).rejects.toThrow(AuthenticationError);
});

test("a stream that it aborts stops the provider", async () => {
  const world = await startWorld();
  const openai = await client(world);
  const server = await scripted(() => ({ text: "on and on ".repeat(2000), between_ms: 20 }));
  await addModel(world, server);
  const stream = await openai.chat.completions.create({ model: "scripted", messages, stream: true });
  for await (const _ of stream) break;
  await expect.poll(server.open).toBe(0);
});
