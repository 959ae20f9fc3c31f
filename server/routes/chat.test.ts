import { describe, expect, test } from "vitest";
import { FieldworkError, fail, type JsonValue, succeed } from "#contract";
import { serve } from "../test/server.ts";

const sent = { id: "m1", session: "s1", trace: "t1" };
const mail = (more: Readonly<Record<string, JsonValue>>) => ({
  ...sent,
  mail: { ...sent, state: "done", ...more },
});

describe("POST /api/chat/{agent}", () => {
  test("answers 202 with the message, its session and its trace when it is kept", async () => {
    const { post, calls } = await serve(() => succeed(sent));
    const response = await post("/api/chat/field", { text: "hello", session: "s1" });
    expect(response.status).toBe(202);
    const fields = { message_id: "m1", session: "s1", trace: "t1" };
    expect(await response.json()).toEqual({ ok: true, result: fields, ...fields });
    expect(calls).toMatchObject([
      { cap: "message.send", args: { to: "field", text: "hello", session: "s1", wait: false } },
    ]);
  });

  test("begins a conversation of its own where none is named", async () => {
    const { post, calls } = await serve(() => succeed(sent));
    await post("/api/chat/field", { text: "hello" });
    await post("/api/chat/field", { text: "hello" });
    const sessions = calls.map(({ args }) => (args as { session: string }).session);
    expect(new Set(sessions).size).toBe(2);
    expect(sessions[0]).toMatch(/^[\w-]{8,}$/);
  });

  test.each([
    [
      { reply: "hi", usage: { input_tokens: 3 }, tools: [] },
      { reply: "hi", usage: { input_tokens: 3 }, tools: [] },
    ],
    ["just text", { reply: "just text" }],
    [{ n: 1 }, { reply: { n: 1 } }],
    [{ reply: "hi", session: "forged", trace: "forged" }, { reply: "hi" }],
  ])("with ?wait=1 answers 200 with the reply %j", async (reply, said) => {
    const { post, calls } = await serve(() => succeed(mail({ reply }) as never));
    const response = await post("/api/chat/field?wait=1", { text: "hello" });
    expect(response.status).toBe(200);
    const fields = { ...said, message_id: "m1", session: "s1", trace: "t1" };
    expect(await response.json()).toEqual({ ok: true, result: fields, ...fields });
    expect(calls[0]?.args).toMatchObject({ wait: true });
  });

  test("with ?wait=1 a turn that failed is its error, with the message it was", async () => {
    const error = { code: "timeout", message: "too long", remedy: "do less", details: { ms: 5 } };
    const { post } = await serve(() => succeed(mail({ state: "failed", error }) as never));
    const response = await post("/api/chat/field?wait", { text: "hello" });
    expect(response.status).toBe(504);
    expect(await response.json()).toEqual({
      ok: false,
      error: { ...error, details: { ms: 5, message_id: "m1", session: "s1", trace: "t1" } },
    });
  });

  test("an agent that is not there is 404", async () => {
    const { post } = await serve(() => fail(new FieldworkError("not_found", "no such agent")));
    expect((await post("/api/chat/nobody", { text: "hello" })).status).toBe(404);
  });

  test.each([
    [{}],
    [{ text: "" }],
    [{ text: 1 }],
    [{ text: "a", session: "with space" }],
    [{ text: "a", x: 1 }],
    [[]],
  ])("refuses %j and says what does not fit", async (body) => {
    const { post, calls } = await serve();
    const response = await post("/api/chat/field", body);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as { error: { details: { problems: string[] } } };
    expect(error.details.problems.length).toBeGreaterThan(0);
    expect(calls).toEqual([]);
  });
});

describe("POST /api/agents/{id}/memories", () => {
  test.each([
    [{ content: "" }],
    [[]],
    [[{ content: "a" }, { wing: "x" }]],
    ["text"],
    [{ content: "a", at: "yesterday" }],
  ])("refuses %j", async (body) => {
    const { post, calls } = await serve();
    const response = await post("/api/agents/notes/memories", JSON.stringify(body));
    expect(response.status).toBe(400);
    expect(calls).toEqual([]);
  });
});
