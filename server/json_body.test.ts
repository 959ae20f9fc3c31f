import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { succeed } from "#contract";
import { locateJsonError } from "./json_error.ts";
import { serve } from "./test/server.ts";

interface Failure {
  readonly error: {
    code: string;
    message: string;
    details?: { offset: number; line: number; column: number };
  };
}

describe("a body that is not what it should be", () => {
  test.each([
    ['{"cap": "x",}', 1, 13],
    ['{"cap": x}', 1, 9],
    ['{\n  "cap": "x"\n  "args": {}}', 3, 3],
    ['{"cap": "x"', 1, 12],
    ['{"cap": "x"} {}', 1, 14],
    ["{'cap': 1}", 1, 2],
    ["abc", 1, 1],
    ['{"cap": "a\tb"}', 1, 9],
    ["[1, 2", 1, 6],
    ["01", 1, 2],
  ])("%j is refused at line %i, column %i", async (text, line, column) => {
    const { post, calls } = await serve();
    const response = await post("/api/call", text);
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as Failure;
    expect(error.code).toBe("invalid_input");
    expect(error.details).toMatchObject({ line, column });
    expect(error.message).toContain(`line ${line}, column ${column}`);
    expect(calls).toEqual([]);
  });

  test.each(["", "null", "[]", "1", '"x"', "{}", '{"cap": 1}', '{"cap":"x","more":1}', '{"cap":""}'])(
    "%j is no call",
    async (text) => {
      const { post, calls } = await serve();
      expect((await post("/api/call", text)).status).toBe(400);
      expect(calls).toEqual([]);
    },
  );

  test("of arguments that are not an object is refused", async () => {
    const { post } = await serve();
    expect((await post("/api/agents/notes/approve", "[1]")).status).toBe(400);
  });

  test("bytes that are not UTF-8, or of another type, are refused", async () => {
    const { ask } = await serve();
    const send = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
      ask("/api/call", { method: "POST", headers: { "content-type": type }, body });
    expect((await send(new Uint8Array([0x22, 0xff, 0x22]), "application/json")).status).toBe(400);
    expect((await send('{"cap":"x"}', "text/plain")).status).toBe(400);
    expect((await send('{"cap":"x"}', "application/json; charset=utf-8")).status).toBe(200);
  });

  test("deeper than the limit is refused before it is parsed; brackets inside strings do not count", async () => {
    const { post } = await serve();
    const nested = (depth: number) => `{"cap":"x","args":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect((await post("/api/call", nested(63))).status).toBe(200);
    const response = await post("/api/call", nested(64));
    expect(response.status).toBe(400);
    expect(((await response.json()) as Failure).error.message).toContain("nested deeper than 64");
    expect((await post("/api/call", "[".repeat(1_000_000))).status).toBe(400);
    expect((await post("/api/call", { cap: "x", args: { a: '\\"[[['.repeat(100) } })).status).toBe(200);
  });

  test("larger than the limit is 413, declared or streamed", async () => {
    const { ask, calls } = await serve(undefined, { limits: { json_bytes: 1000 } });
    const headers = { "content-type": "application/json" };
    const declared = await ask("/api/call", { method: "POST", headers, body: " ".repeat(1001) });
    expect(declared.status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 20; n++) controller.enqueue(Buffer.alloc(100, " "));
        controller.close();
      },
    });
    const streamed = await ask("/api/call", {
      method: "POST",
      headers,
      body: chunks,
      duplex: "half",
    } as never);
    expect(streamed.status).toBe(413);
    expect(calls).toEqual([]);
  });

  test("as large as the limit arrives whole", async () => {
    const { post } = await serve(({ args }) => succeed({ length: (args as { text: string }).text.length }));
    const response = await post("/api/call", {
      cap: "x",
      args: { text: "a".repeat(16 * 1024 * 1024 - 100) },
    });
    expect(await response.json()).toEqual({ ok: true, result: { length: 16 * 1024 * 1024 - 100 } });
  });

  test("random bytes never do worse than 400", async () => {
    const { ask } = await serve();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (body) => {
        const headers = { "content-type": "application/json" };
        const { status } = await ask("/api/call", { method: "POST", headers, body });
        expect(status).toBe(400);
      }),
      { numRuns: 100 },
    );
  });
});

test("the place of a JSON error is where the engine sees it, and never inside what is good", () => {
  const mutated = fc
    .tuple(
      fc.json({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom("", ",", "}", "]", '"', "x", "\\", "\u0001", "-", "1"),
    )
    .map(
      ([text, at, put]) =>
        text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1),
    );
  fc.assert(
    fc.property(mutated, (text) => {
      try {
        JSON.parse(text);
      } catch (thrown) {
        const { offset } = locateJsonError(text);
        expect(offset).toBeLessThanOrEqual(text.length);
        const stated = /at position (\d+)/.exec((thrown as Error).message)?.[1];
        // A broken string or number is given here by its first character, by the engine by the character that breaks it.
        if (stated !== undefined) expect(offset).toBeLessThanOrEqual(Number(stated));
        const good = text.slice(0, offset);
        if (good.trim() !== "" && offset < text.length)
          expect(() => JSON.parse(`${good}\u0001`)).toThrow(SyntaxError);
      }
    }),
    { numRuns: 3000 },
  );
});
