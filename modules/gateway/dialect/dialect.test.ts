import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FieldworkError, type JsonObject, llmMessage, llmUsage } from "#contract";
import { createAnswer } from "../answer/answer.ts";
import { anthropic } from "./anthropic/anthropic.ts";
import { openai } from "./openai/openai.ts";
import { toolNames } from "./tool_names.ts";

const answerFor = () => createAnswer({ onDelta: () => {}, toolName: (name) => name });
const encoding = { model: "m", names: toolNames(), max_tokens: undefined, quirks: new Set<never>() };

/** Shapes near the protocol, with anything at all in their places. */
const junk = fc.jsonValue({ maxDepth: 3 });
const near = fc.letrec((tie) => ({
  value: fc.oneof(
    { weight: 3, arbitrary: junk },
    {
      weight: 2,
      arbitrary: fc.constantFrom<unknown>("", "text", "thinking", "tool_use", 0, -1, 1e300, null, "end_turn"),
    },
    { weight: 3, arbitrary: tie("object") },
    { weight: 1, arbitrary: fc.array(tie("object"), { maxLength: 3 }) },
  ),
  object: fc.dictionary(
    fc.constantFrom(
      ...[
        "type",
        "choices",
        "delta",
        "message",
        "content",
        "content_block",
        "index",
        "tool_calls",
        "function",
        "name",
      ],
      ...[
        "arguments",
        "id",
        "usage",
        "input_tokens",
        "prompt_tokens",
        "finish_reason",
        "text",
        "thinking",
        "signature",
      ],
      ...[
        "partial_json",
        "stop_reason",
        "reasoning_details",
        "input",
        "citation",
        "logprobs",
        "refusal",
        "error",
      ],
    ),
    tie("value"),
    { maxKeys: 6 },
  ),
})).object as fc.Arbitrary<JsonObject>;
const TYPES = [
  "message_start",
  "content_block_start",
  "content_block_delta",
  "content_block_stop",
  "message_delta",
  "message_stop",
];

describe.each([openai, anthropic])("$name", (dialect) => {
  test("whatever a server sends is a sound answer or a named error", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...TYPES), near), { maxLength: 8 }),
        fc.boolean(),
        (events, whole) => {
          const answer = answerFor();
          try {
            if (whole) dialect.whole(events[0]?.[1] ?? {}, answer);
            const decoder = dialect.decoder(answer);
            for (const [type, event] of events) {
              const choices = "choices" in event ? event.choices : [event];
              decoder.event(
                type,
                JSON.stringify(dialect === openai ? { ...event, choices } : { ...event, type }),
              );
            }
          } catch (error) {
            expect(error).toBeInstanceOf(FieldworkError);
          }
          const { message, usage } = answer.done();
          llmMessage.parse(message);
          llmUsage.partial().parse(usage);
          // It can be said again to any provider.
          const again = { messages: [{ role: "user" as const, content: "x" }, message] };
          for (const other of [openai, anthropic]) other.encode(again, encoding);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("what a server adds to a call of a tool is given back to it, and to no other kind", () => {
  const answer = answerFor();
  const call = {
    index: 0,
    id: "c",
    function: { name: "t", arguments: "{}" },
    extra_content: { google: { thought_signature: "s" } },
  };
  openai.decoder(answer).event("", JSON.stringify({ choices: [{ delta: { tool_calls: [call] } }] }));
  const messages = [answer.done().message];
  expect(JSON.stringify(openai.encode({ messages }, encoding))).toContain("thought_signature");
  expect(JSON.stringify(anthropic.encode({ messages }, encoding))).not.toContain("thought_signature");
});

test("names of tools fit the providers, stay apart, and come back", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 100 }), { maxLength: 20 }), (names) => {
      const mapped = toolNames(names.map((name) => ({ name, description: "", parameters: {} })));
      const out = names.map(mapped.out);
      for (const name of out) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      expect(new Set(out).size).toBe(names.length);
      expect(out.map(mapped.back)).toEqual(names);
    }),
  );
});

test("a turn of several messages is one for Anthropic, results first, and begins with the user", () => {
  const result = (id: string) => ({
    type: "tool_result" as const,
    id,
    content: [{ type: "text" as const, text: id }],
  });
  const body = anthropic.encode(
    {
      messages: [
        { role: "system", content: "s" },
        {
          role: "assistant",
          content: [{ type: "tool_call", id: "functions.a:0", name: "a.b", args: "not json" }],
        },
        { role: "user", content: "and" },
        { role: "tool", content: [result("functions.a:0")] },
        { role: "system", content: "note" },
      ],
    },
    encoding,
  ) as { messages: { role: string; content: JsonObject[] }[] };
  expect(body.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  expect(body.messages[1]?.content).toMatchObject([
    { id: "functions_a_0", name: "a_b", input: { not_json: "not json" } },
  ]);
  expect(body.messages[2]?.content).toMatchObject([
    { type: "tool_result", tool_use_id: "functions_a_0" },
    { type: "text", text: "and" },
    { type: "text", text: "<system>note</system>" },
  ]);
});

test("the stable part and the conversation so far are marked for the cache, unless the caller marks", () => {
  const tools = [{ name: "t", description: "", parameters: {} }];
  const messages = [
    { role: "system" as const, content: "long" },
    { role: "user" as const, content: "x" },
  ];
  const marked = JSON.stringify(anthropic.encode({ messages, tools }, encoding));
  expect(marked.match(/cache_control/g)).toHaveLength(2);
  const own = {
    type: "text" as const,
    text: "long",
    extra: { anthropic: { cache_control: { type: "ephemeral", ttl: "1h" } } },
  };
  const kept = JSON.stringify(
    anthropic.encode(
      {
        messages: [
          { role: "system", content: [own] },
          { role: "user", content: "x" },
        ],
        tools,
      },
      encoding,
    ),
  );
  expect(kept.match(/cache_control/g)).toHaveLength(1);
});
