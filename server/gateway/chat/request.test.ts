import fc from "fast-check";
import { expect, test } from "vitest";
import { FieldworkError, llmRequest } from "#contract";
import { chatRequest } from "../schema.ts";
import { readChat } from "./request.ts";

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const text = fc.string({ maxLength: 20 });
const part = fc.oneof(
  fc.record({ type: fc.constant("text"), text }),
  fc.record({
    type: fc.constant("image_url"),
    image_url: fc.record({
      url: fc.oneof(text, fc.constant("data:image/png;base64,AA")),
      detail: optional(text),
    }),
  }),
  fc.record({ type: fc.constant("file"), file: fc.record({ file_data: text, filename: optional(text) }) }),
  fc.record({ type: fc.constant("refusal"), refusal: text }),
);
const call = fc.record({
  id: text,
  type: fc.constant("function"),
  function: fc.record({ name: text, arguments: text }),
});
const message = fc.record({
  role: fc.constantFrom("system", "developer", "user", "assistant", "tool", "function"),
  content: fc.oneof(text, fc.constant(null), fc.array(part, { maxLength: 4 })),
  name: optional(text),
  tool_calls: optional(fc.oneof(fc.constant(null), fc.array(call, { maxLength: 3 }))),
  tool_call_id: optional(text),
  function_call: optional(fc.record({ name: text, arguments: text })),
  refusal: optional(fc.oneof(text, fc.constant(null))),
  reasoning_content: optional(text),
  audio: optional(fc.jsonValue({ maxDepth: 1 })),
});
const request = fc.record({
  model: fc.constantFrom("m", "default"),
  messages: fc.array(message, { minLength: 1, maxLength: 4 }),
  n: optional(fc.constantFrom(0, 1, 2, null)),
  temperature: optional(fc.constantFrom(0, 1.5, null)),
  max_tokens: optional(fc.constantFrom(1, 100, null)),
  stop: optional(fc.oneof(text, fc.array(text, { maxLength: 4 }), fc.constant(null))),
  tools: optional(
    fc.array(
      fc.record({
        type: fc.constant("function"),
        function: fc.record({
          name: fc.string({ minLength: 1, maxLength: 9 }),
          strict: optional(fc.constant(null)),
        }),
      }),
      { maxLength: 2 },
    ),
  ),
  tool_choice: optional(
    fc.oneof(
      fc.constantFrom("auto", "none", "required", null),
      fc.record({ type: fc.constant("function"), function: fc.record({ name: text }) }),
    ),
  ),
  response_format: optional(
    fc.oneof(
      fc.constantFrom({ type: "text" }, { type: "json_object" }, null),
      fc.record({
        type: fc.constant("json_schema"),
        json_schema: fc.record({ name: text, strict: fc.constant(null) }),
      }),
    ),
  ),
  reasoning_effort: optional(fc.constantFrom("low", "minimal", null)),
  logit_bias: optional(fc.jsonValue({ maxDepth: 1 })),
});

test("every request of the protocol is one the gateway takes, or is refused by name", () => {
  fc.assert(
    fc.property(request, (body) => {
      const parsed = chatRequest.parse(JSON.parse(JSON.stringify(body)));
      try {
        llmRequest.parse(readChat(parsed));
      } catch (error) {
        expect(error).toBeInstanceOf(FieldworkError);
      }
    }),
    { numRuns: 500 },
  );
});

test("what has no place of its own goes on under the dialect's name", () => {
  const body = {
    model: "m",
    messages: [{ role: "user", content: "x" }],
    reasoning_effort: "minimal",
    top_logprobs: 0,
  };
  expect(readChat(chatRequest.parse(body)).extra).toEqual({
    openai: { reasoning_effort: "minimal", top_logprobs: 0 },
  });
});
