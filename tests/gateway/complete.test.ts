import { describe, expect, test } from "vitest";
import type { JsonValue } from "#contract";
import { addModel, scripted, startWorld, textOf } from "./support.ts";

const TOOLS = [
  {
    name: "fs.read",
    description: "Read a file",
    parameters: { type: "object", properties: { path: { type: "string" } } },
  },
];
const DIALECTS = ["openai", "anthropic"] as const;

describe.each(DIALECTS)("%s", (dialect) => {
  test("text, usage and cost come back, and the journal tells tokens but no words", async () => {
    const world = await startWorld();
    const server = await scripted([{ text: "Grüße, 世界 🌍!", usage: { input: 1000, output: 200 } }]);
    await addModel(world, server, "m", { dialect, input_usd: 3, output_usd: 15 });
    const reply = await world.complete({});
    expect(textOf(reply)).toBe("Grüße, 世界 🌍!");
    expect(reply).toMatchObject({
      finish: "stop",
      model: "m",
      usage: { input_tokens: 1000, output_tokens: 200 },
    });
    expect(reply.cost_usd).toBeCloseTo(0.006, 9);
    const [replied] = world.events("llm.replied");
    expect(replied?.data).toMatchObject({ ok: true, agent: "scout", input_tokens: 1000, output_tokens: 200 });
    expect(JSON.stringify([...world.events("llm.requested"), replied])).not.toContain("Grüße");
  });

  test.each([1, 2, 3, 7, 64])(
    "chunks of %i bytes, across characters and events, change nothing",
    async (write_bytes) => {
      const world = await startWorld();
      const said = { text: "Ärger mit 漢字 und 🙂\r\n\n  Ende", thinking: "Überlegt 🤔" };
      const server = await scripted([
        { ...said, tool_calls: [{ name: "fs_read", args: { path: "ä/世" } }], write_bytes },
      ]);
      await addModel(world, server, "m", { dialect });
      const reply = await world.complete({ tools: TOOLS });
      expect(reply.message.content).toMatchObject([
        { type: "thinking", text: said.thinking },
        { type: "text", text: said.text },
        { type: "tool_call", name: "fs.read", args: '{"path":"ä/世"}' },
      ]);
      expect(reply.finish).toBe("tool_calls");
    },
  );

  test("a whole answer from a server that gives no stream is the same answer", async () => {
    const world = await startWorld();
    const answer = {
      text: "Hi",
      thinking: "Hm",
      tool_calls: [{ id: "c1", name: "fs_read", args: { path: "a" } }],
    };
    const { openaiWhole, anthropicWhole } = await import("../model-server/frames.ts");
    const whole = (dialect === "openai" ? openaiWhole : anthropicWhole)(answer, "scripted");
    const server = await scripted([{ whole }, answer]);
    await addModel(world, server, "m", { dialect });
    const first = await world.complete({ tools: TOOLS });
    expect(first).toEqual(await world.complete({ tools: TOOLS }));
    expect(first.message.content).toMatchObject([
      { type: "thinking" },
      { type: "text" },
      { type: "tool_call", id: "c1" },
    ]);
  });

  test("zero values, tools, choice and schema reach the provider; nothing unasked does", async () => {
    const world = await startWorld();
    const server = await scripted(() => ({ text: "{}" }));
    await addModel(world, server, "m", { dialect });
    const schema = { type: "object", properties: { a: { type: "number" } } };
    await world.complete({
      temperature: 0,
      top_p: 0,
      max_tokens: 50,
      stop: ["\n"],
      tools: TOOLS,
      tool_choice: { name: "fs.read" },
      parallel_tool_calls: false,
      response_format: { type: "json_schema", json_schema: { name: "r", schema } },
      extra: { [dialect]: { service_tier: "flex" } },
    });
    const body = server.requests[0]?.body;
    expect(body).toMatchObject({
      temperature: 0,
      top_p: 0,
      max_tokens: 50,
      stream: true,
      service_tier: "flex",
    });
    if (dialect === "openai") {
      expect(body).toMatchObject({ stop: ["\n"], parallel_tool_calls: false });
      expect(body?.tool_choice).toEqual({ type: "function", function: { name: "fs_read" } });
      expect(body?.tools[0].function).toMatchObject({ name: "fs_read", parameters: TOOLS[0]?.parameters });
      expect(body?.response_format.json_schema.schema).toEqual(schema);
    } else {
      expect(body).toMatchObject({ stop_sequences: ["\n"] });
      expect(body?.tool_choice).toEqual({ type: "tool", name: "fs_read", disable_parallel_tool_use: true });
      expect(body?.output_config).toEqual({ format: { type: "json_schema", schema } });
    }
    await world.complete({});
    const plain = Object.keys(server.requests[1]?.body ?? {}).sort();
    expect(plain).toEqual(
      dialect === "openai"
        ? ["messages", "model", "stream", "stream_options"]
        : ["max_tokens", "messages", "model", "stream"],
    );
  });

  test("images, calls, results and thinking with its signature go back as they came", async () => {
    const world = await startWorld();
    const server = await scripted([
      {
        thinking: "secret",
        signature: "c2ln",
        tool_calls: [{ id: "t1", name: "fs_read", args: { path: "a" } }],
      },
      { text: "done" },
    ]);
    await addModel(world, server, "m", { dialect });
    const ask = [
      { role: "system", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image", media_type: "image/png", data: "AAAA" },
          { type: "image", url: "https://example.com/a.png" },
        ],
      },
    ];
    const first = await world.complete({ messages: ask, tools: TOOLS });
    const result = { type: "tool_result", id: "t1", content: [{ type: "text", text: "42" }], is_error: true };
    const messages = [...ask, first.message, { role: "tool", content: [result] }] as unknown as JsonValue;
    await world.complete({ messages, tools: TOOLS });
    const sent = server.requests[1]?.body.messages;
    if (dialect === "openai") {
      expect(sent[0]).toEqual({ role: "system", content: "Be brief." });
      expect(sent[1].content[1]).toEqual({
        type: "image_url",
        image_url: { url: "data:image/png;base64,AAAA" },
      });
      expect(sent[1].content[2].image_url.url).toBe("https://example.com/a.png");
      expect(sent[2]).toMatchObject({ role: "assistant", content: null, reasoning_content: "secret" });
      expect(sent[2].tool_calls[0]).toEqual({
        id: "t1",
        type: "function",
        function: { name: "fs_read", arguments: '{"path":"a"}' },
      });
      expect(sent[3]).toEqual({ role: "tool", tool_call_id: "t1", content: "42" });
    } else {
      expect(server.requests[1]?.body.system[0].text).toBe("Be brief.");
      expect(sent[0].content[1].source).toEqual({ type: "base64", media_type: "image/png", data: "AAAA" });
      expect(sent[0].content[2].source).toEqual({ type: "url", url: "https://example.com/a.png" });
      expect(sent[1].content).toEqual([
        { type: "thinking", thinking: "secret", signature: "c2ln" },
        { type: "tool_use", id: "t1", name: "fs_read", input: { path: "a" } },
      ]);
      expect(sent[2].content[0]).toMatchObject({ type: "tool_result", tool_use_id: "t1", is_error: true });
    }
  });

  test("tokens read from the cache are part of the input and have their own price", async () => {
    const world = await startWorld();
    const usage = { input: 1_000_000, output: 0, cache_read: 400_000 };
    const server = await scripted(() => ({ text: "x", usage }));
    await addModel(world, server, "m", { dialect, input_usd: 10, output_usd: 0, cache_read_usd: 1 });
    const reply = await world.complete({});
    // The OpenAI dialect counts cached tokens inside the input, Anthropic's beside it.
    const fresh = dialect === "openai" ? 600_000 : 1_000_000;
    expect(reply.usage).toMatchObject({ input_tokens: fresh + 400_000, cache_read_tokens: 400_000 });
    expect(reply.cost_usd).toBeCloseTo((fresh * 10 + 400_000) / 1e6, 9);
  });

  test("thinking that was asked for is asked of the provider", async () => {
    const world = await startWorld();
    const server = await scripted(() => ({ text: "x" }));
    await addModel(world, server, "m", { dialect });
    await world.complete({ thinking: "medium" });
    expect(server.requests[0]?.body).toMatchObject(
      dialect === "openai"
        ? { reasoning_effort: "medium" }
        : { thinking: { type: "enabled", budget_tokens: 8192 }, max_tokens: 16_384 },
    );
  });
});

test("deltas come while it is said, in few events, in order, and are the whole of the reply", async () => {
  const world = await startWorld();
  const text = "word ".repeat(200).trim();
  const server = await scripted([
    {
      thinking: "first this",
      text,
      tool_calls: [{ id: "c", name: "fs_read", args: { path: "abcdef" } }],
      delta_chars: 1,
    },
  ]);
  await addModel(world, server);
  const reply = await world.complete({ tools: TOOLS, stream_to: "s1" });
  const deltas = world.live.filter(
    ({ kind, session, agent }) => kind === "llm.delta" && session === "s1" && agent === "scout",
  );
  const join = (type: string) =>
    deltas.map(({ data }) => (data.type === type ? String(data.text) : "")).join("");
  expect(join("text")).toBe(text);
  expect(join("thinking")).toBe("first this");
  const calls = deltas.filter(({ data }) => data.type === "tool_call").map(({ data }) => data);
  expect(calls[0]).toMatchObject({ index: 0, id: "c", name: "fs.read" });
  expect(calls.map(({ args }) => args ?? "").join("")).toBe('{"path":"abcdef"}');
  expect(deltas.length).toBeLessThan(60);
  expect(textOf(reply)).toBe(text);
});

test("the first words are told at once, long before the answer is whole", async () => {
  const world = await startWorld();
  const server = await scripted([{ text: "abcdefgh", delta_chars: 2, between_ms: 1000 }]);
  await addModel(world, server);
  const answering = world.complete({ stream_to: "s" });
  let seen = 0;
  while (seen === 0) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    seen = world.live.length;
  }
  const after = performance.now();
  await answering;
  expect(performance.now() - after).toBeGreaterThan(80);
});

test("llm.stop ends the answer with what was said, and the provider sees its client leave", async () => {
  const world = await startWorld();
  const server = await scripted([{ text: "one two three four five six", between_ms: 5000 }]);
  await addModel(world, server);
  const answering = world.complete({ stream_to: "s" });
  while (world.live.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await world.result("llm.stop", { agent: "other", stream_to: "s" })).toEqual({ stopped: 0 });
  expect(await world.result("llm.stop", { agent: "scout", stream_to: "s" })).toEqual({ stopped: 1 });
  const reply = await answering;
  expect(reply.finish).toBe("stopped");
  expect("one two three four five six".startsWith(textOf(reply))).toBe(true);
  expect(textOf(reply)).not.toBe("");
  await expect.poll(server.open).toBe(0);
  expect(server.left()).toBe(1);
});

test("a caller that leaves stops the provider at once", async () => {
  const world = await startWorld();
  const server = await scripted([{ failure: { kind: "hang" } }]);
  await addModel(world, server);
  const leave = new AbortController();
  const answering = world.complete({}, undefined, leave.signal);
  await expect.poll(server.open).toBe(1);
  leave.abort();
  await expect(answering).rejects.toThrow("cancelled");
  await expect.poll(server.open).toBe(0);
});

test("calls without a number, with the same number, with objects for arguments and without id are told apart", async () => {
  const world = await startWorld();
  const event = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ choices: [{ delta, finish_reason: finish }] })}\n\n`;
  const call = (more: object, name: string, args: unknown) => ({
    tool_calls: [{ ...more, function: { name, arguments: args } }],
  });
  const server = await scripted([
    {
      raw:
        event(call({ index: 0, id: "a" }, "one", '{"x":')) +
        event({ tool_calls: [{ index: 0, function: { arguments: "1}" } }] }) +
        event(call({ index: 0, id: "b" }, "two", "{}")) +
        event({}, "stop") +
        "data: [DONE]\n\n",
    },
    { raw: event(call({}, "one", { x: 1 })) + event(call({}, "two", {})) + event({}, "stop") },
    {
      raw: event(
        {
          content: [
            { type: "thinking", thinking: [{ type: "text", text: "hm" }] },
            { type: "text", text: "yes" },
          ],
        },
        "stop",
      ),
    },
  ]);
  await addModel(world, server);
  const first = await world.complete({});
  expect(first.finish).toBe("tool_calls");
  expect(first.message.content).toMatchObject([
    { id: "a", name: "one", args: '{"x":1}' },
    { id: "b", name: "two", args: "{}" },
  ]);
  const second = await world.complete({});
  const parts = second.message.content as readonly { id: string; name: string; args: string }[];
  expect(parts).toMatchObject([
    { name: "one", args: '{"x":1}' },
    { name: "two", args: "{}" },
  ]);
  expect(new Set(parts.map(({ id }) => id)).size).toBe(2);
  expect((await world.complete({})).message.content).toMatchObject([
    { type: "thinking", text: "hm" },
    { type: "text", text: "yes" },
  ]);
});

test("what a server does not take is said in another way, once learned for good", async () => {
  const world = await startWorld();
  const refuse = (message: string) => ({
    failure: { kind: "status" as const, status: 400, body: { error: { message } } },
  });
  const server = await scripted(({ body }) => {
    if ("stream_options" in body) return refuse("Unrecognized request argument supplied: stream_options");
    if ("max_tokens" in body)
      return refuse("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.");
    return { text: "ok" };
  });
  await addModel(world, server);
  expect(textOf(await world.complete({ max_tokens: 9 }))).toBe("ok");
  expect(server.requests).toHaveLength(3);
  expect((await world.complete({ max_tokens: 9 })).usage.output_tokens).toBeGreaterThan(0);
  expect(server.requests).toHaveLength(4);
  expect(server.requests[3]?.body).toMatchObject({ max_completion_tokens: 9 });
});
