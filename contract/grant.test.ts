import fc from "fast-check";
import { expect, test } from "vitest";
import { formatGrant, grantText, parseGrant } from "./index.ts";

const texts = (text: string) => parseGrant(text).map(formatGrant);

test.each([
  ["fs.read:/data", ["fs.read:/data"]],
  ["http.fetch", ["http.fetch"]],
  ["fs.read:C:\\data", ["fs.read:C:\\data"]],
  ["state:read", ["store.*"]],
  ["state:write", ["store.*"]],
  ["time:read", ["time.now"]],
  ["net:fetch:https://a.example/v1", ["http.fetch:https://a.example/v1"]],
  ["net:fetch:http://127.0.0.1:2402/", ["http.fetch:http://127.0.0.1:2402/"]],
  ["net:fetch", ["http.fetch"]],
  ["net:fetch:*", ["http.fetch"]],
  ["exec:git", ["exec.run:git"]],
  ["exec", ["exec.run"]],
  ["secret:TOKEN", ["secret.use:TOKEN"]],
  ["rpc:call:notes.sum", ["bus.request:notes.sum"]],
  ["rpc:send:notes", ["bus.send:notes"]],
  ["rpc:broadcast:notes", ["bus.broadcast:notes"]],
  ["rpc:publish:notes", ["bus.broadcast:notes"]],
  ["mcp:github", ["tool.run:mcp.github.*"]],
  ["mcp:*", ["tool.run:mcp.*"]],
  ["app:board", ["tool.run:app.board.*"]],
  ["app", ["tool.run:app.*"]],
])("%s stands for %j", (text, expected) => expect(texts(text)).toEqual(expected));

test("Flowork's file words stand for the whole family, with their path", () => {
  expect(texts("fs:read:/data")).toEqual(
    ["fs.read", "fs.list", "fs.stat", "fs.search"].map((one) => `${one}:/data`),
  );
  expect(texts("fs:write")).toEqual(["fs.write", "fs.mkdir", "fs.truncate", "fs.delete", "fs.move"]);
  expect(texts("fs:shared")).toHaveLength(9);
  expect(texts("fs:shared").every((one) => one.endsWith(":/shared"))).toBe(true);
});

test("an empty scope is never widened to everything", () => {
  for (const text of ["fs.read:", "net:fetch:", "exec:", "secret:", "rpc:call:"])
    for (const { scope } of parseGrant(text)) expect(scope).toBe("");
});

test("an unknown verb grants nothing that exists", () => {
  expect(texts("rpc:subscribe:notes")).toEqual(["rpc:subscribe:notes"]);
  expect(texts("fs:mount:/")).toEqual(["fs:mount:/"]);
});

test("what is formatted parses to the same grant", () => {
  const name = fc.stringMatching(/^[a-z]{3,8}\.[a-z]{3,8}$/);
  fc.assert(
    fc.property(name, fc.string({ minLength: 1 }), (capability, scope) => {
      expect(parseGrant(formatGrant({ capability, scope }))).toEqual([{ capability, scope }]);
    }),
  );
});

test("a grant's text begins with the name of a capability", () => {
  for (const bad of ["", "1.a", "Fs.read", " fs.read", "fs read", "fs.", "../x"])
    expect(grantText.safeParse(bad).success).toBe(false);
});
