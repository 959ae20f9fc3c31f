import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { clientOf } from "../../server/gateway/guard.ts";
import { FAILURES } from "../model-server/index.ts";
import { addModel, scripted, startWorld, type World } from "./support.ts";

const keys = new WeakMap<World, Promise<string>>();
/** The key of the program `editor`, made once. */
const key = (world: World): Promise<string> => {
  const made =
    keys.get(world) ?? world.result<{ key: string }>("model.key", { name: "editor" }).then((one) => one.key);
  keys.set(world, made);
  return made;
};
const post = async (world: World, path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${world.gateway.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${await key(world)}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const ASK = { model: "scripted", messages: [{ role: "user", content: "hi" }] };
const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: Record<string, string> };
  return { status: response.status, ...error };
};
/** The chunks of a stream, and whether it ended as it should. */
async function chunksOf(response: Response) {
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: looked into freely.
  const chunks: any[] = [...text.matchAll(/^data: (\{.*\})$/gm)].map((found) => JSON.parse(found[1] ?? ""));
  return { chunks, done: text.endsWith("data: [DONE]\n\n"), text };
}

test("every field of a request reaches the provider as it was sent", async () => {
  const world = await startWorld();
  const server = await scripted(() => ({ text: "x" }));
  await addModel(world, server);
  const image = {
    type: "image_url",
    image_url: { url: "data:image/png;base64,AAAA", detail: "low" },
    own: 0,
  };
  const request = {
    model: "scripted",
    messages: [
      { role: "system", content: [{ type: "text", text: "Be kind", cache_control: { type: "ephemeral" } }] },
      { role: "user", content: [{ type: "text", text: "look" }, image], name: "anna" },
      {
        role: "assistant",
        content: null,
        tool_calls: [
          {
            id: "c1",
            type: "function",
            function: { name: "look-up", arguments: '{"a":0}' },
            extra_content: { google: { thought_signature: "s1" } },
          },
        ],
      },
      { role: "tool", tool_call_id: "c1", content: "found" },
    ],
    temperature: 0,
    top_p: 0,
    seed: 0,
    presence_penalty: 0,
    frequency_penalty: -1,
    max_tokens: 7,
    stop: ["a", "b"],
    user: "u1",
    tools: [
      {
        type: "function",
        function: { name: "look-up", description: "", parameters: { type: "object" }, strict: true, own: 0 },
        cache_control: { type: "ephemeral" },
      },
    ],
    tool_choice: { type: "function", function: { name: "look-up" } },
    parallel_tool_calls: false,
    response_format: {
      type: "json_schema",
      json_schema: { name: "n", schema: { type: "object" }, strict: true },
    },
    reasoning_effort: "low",
    logit_bias: { "50256": -100 },
    metadata: { purpose: "test" },
    logprobs: false,
  };
  expect((await post(world, "/chat/completions", request)).status).toBe(200);
  expect(server.requests[0]?.body).toEqual({
    ...request,
    stream: true,
    stream_options: { include_usage: true },
  });
});

test("a whole answer has the shape of chat completions", async () => {
  const world = await startWorld();
  const server = await scripted([
    {
      text: "Hi",
      thinking: "hm",
      tool_calls: [{ id: "c1", name: "t", args: "{not json" }],
      usage: { input: 7, output: 3, cache_read: 2, thinking: 1 },
    },
  ]);
  await addModel(world, server);
  const body = (await (await post(world, "/chat/completions", ASK)).json()) as { choices: object[] };
  expect(body).toMatchObject({
    object: "chat.completion",
    model: "scripted",
    usage: {
      prompt_tokens: 7,
      completion_tokens: 3,
      total_tokens: 10,
      prompt_tokens_details: { cached_tokens: 2 },
      completion_tokens_details: { reasoning_tokens: 1 },
    },
  });
  expect(body.choices).toMatchObject([
    {
      index: 0,
      finish_reason: "tool_calls",
      message: {
        role: "assistant",
        content: "Hi",
        reasoning_content: "hm",
        tool_calls: [{ id: "c1", type: "function", function: { name: "t", arguments: "{not json" } }],
      },
    },
  ]);
});

test("what a provider adds to a call of a tool comes to the program, whole and streamed", async () => {
  const world = await startWorld();
  const server = await scripted(() => ({ raw: `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n` }));
  await addModel(world, server);
  const call = {
    id: "c1",
    type: "function",
    function: { name: "look", arguments: "{}" },
    extra_content: { google: { thought_signature: "s1" } },
  };
  const delta = { role: "assistant", tool_calls: [{ index: 0, ...call }] };
  const chunk = { choices: [{ index: 0, delta, finish_reason: "tool_calls" }] };
  const whole = (await (await post(world, "/chat/completions", ASK)).json()) as {
    choices: { message: { tool_calls: unknown } }[];
  };
  expect(whole.choices[0]?.message.tool_calls).toEqual([call]);
  const { chunks } = await chunksOf(await post(world, "/chat/completions", { ...ASK, stream: true }));
  const pieces = chunks.flatMap((one) => one.choices[0]?.delta.tool_calls ?? []);
  expect(Object.assign({}, ...pieces)).toMatchObject({ index: 0, extra_content: call.extra_content });
});

test("a refusal comes back as one and goes back as one", async () => {
  const world = await startWorld();
  const message = { role: "assistant", content: null, refusal: "I will not." };
  const server = await scripted([
    { whole: { choices: [{ message, finish_reason: "stop" }] } },
    { text: "x" },
  ]);
  await addModel(world, server);
  const body = (await (await post(world, "/chat/completions", ASK)).json()) as {
    choices: { message: object }[];
  };
  const answered = body.choices[0]?.message ?? {};
  expect(answered).toEqual(message);
  await post(world, "/chat/completions", { ...ASK, messages: [...ASK.messages, answered, ...ASK.messages] });
  expect(server.requests[1]?.body.messages[1]).toEqual(message);
});

test("a stream begins with the role, ends with the reason, the usage where asked for, and [DONE]", async () => {
  const world = await startWorld();
  const server = await scripted(() => ({ text: "Grüße 🌍 an alle", write_bytes: 3 }));
  await addModel(world, server);
  const plain = await chunksOf(await post(world, "/chat/completions", { ...ASK, stream: true }));
  expect(plain.done).toBe(true);
  expect(plain.chunks[0].choices[0].delta.role).toBe("assistant");
  expect(plain.chunks.map(({ choices }) => choices[0].delta.content ?? "").join("")).toBe("Grüße 🌍 an alle");
  expect(plain.chunks.at(-1).choices[0].finish_reason).toBe("stop");
  expect(plain.text).not.toContain("usage");
  const asked = { ...ASK, stream: true, stream_options: { include_usage: true } };
  const { chunks } = await chunksOf(await post(world, "/chat/completions", asked));
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 15 } });
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
});

test("streams side by side do not mix", async () => {
  const world = await startWorld();
  const server = await scripted(({ body }) => ({
    text: `${body.messages[0].content} `.repeat(50),
    between_ms: 1,
  }));
  await addModel(world, server);
  const words = ["red", "green", "blue", "white", "black"];
  await Promise.all(
    words.map(async (content) => {
      const response = await post(world, "/chat/completions", {
        ...ASK,
        messages: [{ role: "user", content }],
        stream: true,
      });
      const { chunks } = await chunksOf(response);
      expect(chunks.map(({ choices }) => choices[0].delta.content ?? "").join("")).toBe(
        `${content} `.repeat(50),
      );
    }),
  );
});

test("a failure before the first word has its status, one after it is told in the stream", async () => {
  const world = await startWorld();
  const server = await scripted();
  await addModel(world, server);
  server.script([{ failure: FAILURES.context_vllm }]);
  expect(await errorOf(await post(world, "/chat/completions", { ...ASK, stream: true }))).toMatchObject({
    status: 400,
    type: "invalid_request_error",
    code: "context_length_exceeded",
  });
  server.script([{ text: "half of this answer", failure: { kind: "error_in_stream" } }]);
  const broken = await chunksOf(await post(world, "/chat/completions", { ...ASK, stream: true }));
  expect(broken.done).toBe(false);
  expect(broken.chunks.at(-1).error).toMatchObject({ type: "server_error", code: "overloaded" });
});

test.each([
  ["auth_openai", 502, "model_auth"],
  ["quota_openai", 429, "insufficient_quota"],
  ["rate_long", 429, "rate_limit_exceeded"],
  ["refused_openai", 400, "content_policy_violation"],
  ["missing_ollama", 404, "model_not_found"],
  ["bad_request", 400, "invalid_value"],
] as const)("the provider's %s is told as %i %s", async (name, status, code) => {
  const world = await startWorld();
  const server = await scripted(() => ({ failure: FAILURES[name] }));
  await addModel(world, server);
  const response = await post(world, "/chat/completions", ASK);
  if (name === "rate_long") expect(response.headers.get("retry-after")).toBe("90");
  expect(await errorOf(response)).toMatchObject({ status, code });
});

test("what is wrong with a request is named by its place", async () => {
  const world = await startWorld();
  const bad: readonly (readonly [object, string])[] = [
    [{ messages: [] }, "model"],
    [{ ...ASK, messages: [{ role: "robot", content: "x" }] }, "messages[0].role"],
    [{ ...ASK, messages: [{ role: "tool", content: "x" }] }, "messages[0].tool_call_id"],
    [{ ...ASK, n: 2 }, "n"],
    [{ ...ASK, temperature: "hot" }, "temperature"],
  ];
  for (const [body, param] of bad)
    expect(await errorOf(await post(world, "/chat/completions", body))).toMatchObject({ status: 400, param });
  expect(await errorOf(await post(world, "/chat/completions", { ...ASK, model: "nothing" }))).toMatchObject({
    status: 404,
    code: "model_not_found",
  });
  const text = await fetch(`${world.gateway.url}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${await key(world)}`, "content-type": "application/json" },
    body: "{",
  });
  expect((await errorOf(text)).status).toBe(400);
  expect(await errorOf(await post(world, "/completions", {}))).toMatchObject({
    status: 404,
    code: "unknown_url",
  });
});

test("only a program with a key gets in, on this machine's own name, and no page of a browser", async () => {
  const world = await startWorld();
  const given = await key(world);
  const get = (headers: Record<string, string>) => fetch(`${world.gateway.url}/models`, { headers });
  expect((await get({})).status).toBe(401);
  expect((await get({ authorization: "Bearer sk-fw-wrong" })).status).toBe(401);
  expect((await get({ authorization: `Bearer ${given}` })).status).toBe(200);
  expect((await get({ authorization: `Bearer ${given}`, origin: "https://evil.example" })).status).toBe(403);
  const raw = await new Promise<string>((resolve, reject) => {
    const socket = connect(world.gateway.port, "127.0.0.1", () =>
      socket.write(
        `GET /v1/models HTTP/1.1\r\nhost: evil.example\r\nauthorization: Bearer ${given}\r\nconnection: close\r\n\r\n`,
      ),
    );
    let answer = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      answer += chunk;
    });
    socket.once("close", () => resolve(answer)).once("error", reject);
  });
  expect(raw).toMatch(/^HTTP\/1\.1 403/);
  await world.result("model.key", { name: "editor", revoke: true });
  expect((await get({ authorization: `Bearer ${given}` })).status).toBe(401);
});

test("a program's key is for asking models alone: no memory, tool or command is reached through the built-in provider", async () => {
  const world = await startWorld();
  await world.result("mind.diary.write", { text: "secret plan", day: "2026-05-03" });
  for (const said of [
    "/tool diary.read {}",
    '/tool fs.write {"path":"mark.txt","content":"x"}',
    '/tool fs.read {"path":"/etc/hostname"}',
    "Remember that the code is 5",
    "/agents",
    "What is the secret plan?",
  ]) {
    const messages = [{ role: "user", content: said }];
    const text = await (await post(world, "/chat/completions", { model: "builtin", messages })).text();
    expect(text).toContain("runs no tools or commands");
    expect(text).not.toContain("secret plan");
  }
  expect(world.events("tool.called")).toEqual([]);
});

test("what a program asks for beyond models is denied, whoever calls it in the program's name", async () => {
  const world = await startWorld();
  const program = await clientOf({ authorization: `Bearer ${await key(world)}` }, world.kernel);
  for (const [cap, args] of [
    ["tool.run", { name: "time.now", args: {} }],
    ["store.brain.search", { query: "x" }],
    ["fs.read", { path: "/etc/hostname" }],
    ["slash.run", { text: "/time" }],
    ["blob.read", { blob: "0".repeat(64) }],
    ["model.list", {}],
  ] as const)
    expect(await world.kernel.call(program, cap, args)).toMatchObject({
      ok: false,
      error: { code: "denied" },
    });
});

test("each program has its own budget", async () => {
  const world = await startWorld();
  const server = await scripted(() => ({ text: "x", usage: { input: 50, output: 50 } }));
  await addModel(world, server);
  await world.result("setting.set", {
    key: "budget.agents",
    value: { "client:editor": { day_tokens: 150 } },
  });
  const ask = { ...ASK, max_tokens: 60 };
  expect((await post(world, "/chat/completions", ask)).status).toBe(200);
  const refused = await post(world, "/chat/completions", ask);
  expect(refused.headers.get("x-should-retry")).toBe("false");
  expect(await errorOf(refused)).toMatchObject({ status: 429, code: "insufficient_quota" });
  const { usage } = await world.result<{ usage: object[] }>("model.usage");
  expect(usage).toMatchObject([{ agent: "client:editor", calls: 1 }]);
});

test("a client that leaves stops the provider, streaming or not", async () => {
  const world = await startWorld();
  const server = await scripted(() => ({ text: "slow answer ".repeat(2000), between_ms: 20 }));
  await addModel(world, server);
  const bearer = await key(world);
  for (const stream of [true, false]) {
    const leave = new AbortController();
    const asked = fetch(`${world.gateway.url}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
      body: JSON.stringify({ ...ASK, stream }),
      signal: leave.signal,
    });
    asked.catch(() => {});
    await expect.poll(server.open).toBe(1);
    leave.abort();
    await expect.poll(server.open).toBe(0);
  }
});

test("no key is on the disk in clear", async () => {
  const world = await startWorld();
  const given = await key(world);
  for (const name of ["gateway.db", "gateway.db-wal", "journal.db", "journal.db-wal"])
    expect(readFileSync(`${world.home}/${name}`).includes(given)).toBe(false);
});

test("what is decided about effects of modules is not asked about a program's questions to models", async () => {
  const world = await startWorld();
  await addModel(world, await scripted(() => ({ text: "answered" })));
  await world.result("setting.set", { key: "policy.default", value: { money: "deny", network: "ask" } });
  const response = await post(world, "/chat/completions", ASK);
  expect(response.status).toBe(200);
  expect(JSON.stringify(await response.json())).toContain("answered");
});
