import { describe, expect, test } from "vitest";
import { runtime } from "./fixture.ts";
import { LIMITS } from "./limits.ts";
import { prepareProgram } from "./prepare.ts";

test("types are removed and every position stays", () => {
  const source = "const a: number = 1 as number;\ninterface B { readonly c: string }\nexport { a };";
  const stripped = prepareProgram({ "agent.ts": source }, "agent.ts", runtime).modules["agent.ts"]!;
  expect(stripped).not.toContain("interface");
  expect(stripped.length).toBe(source.length);
  expect(stripped.indexOf("export")).toBe(source.indexOf("export"));
});

describe("refused", () => {
  const cases: [string, Record<string, string>, object][] = [
    ["a missing entry", { "other.ts": "" }, { message: expect.stringContaining("agent.ts") }],
    [
      "broken types, with the place and the line",
      { "agent.ts": "let a = 1;\n\n  let b: = 3;" },
      {
        place: { file: "agent.ts", line: 3, column: 10, excerpt: "    let b: = 3;\n           ^" },
        message: expect.stringContaining("agent.ts:3:10"),
      },
    ],
    [
      "syntax that cannot be erased, with what to write instead",
      { "agent.ts": "let a = 1;\nenum A { X }" },
      { place: { line: 2, column: 1 }, remedy: expect.stringContaining("const objects") },
    ],
    [
      "JSON that does not parse",
      { "agent.ts": "", "a.json": '{\n "a": 1,\n}' },
      { place: { file: "a.json", line: 3 } },
    ],
    ["a climbing name", { "agent.ts": "", "../a.ts": "" }, { message: expect.stringContaining("../a.ts") }],
    ["a name of the runtime", { "agent.ts": "", "fieldwork:/sdk/index.ts": "" }, {}],
    ["an absolute name", { "agent.ts": "", "/etc/a.ts": "" }, {}],
    ["an unknown kind of file", { "agent.ts": "", "a.wasm": "" }, {}],
    ["a file that is too large", { "agent.ts": " ".repeat(LIMITS.file_bytes + 1) }, {}],
    [
      "too many files",
      Object.fromEntries(Array.from({ length: LIMITS.files + 1 }, (_, n) => [`f${n}.ts`, ""])),
      {},
    ],
  ];
  test.each(cases)("%s", (_name, files, expected) => {
    let thrown: unknown;
    try {
      prepareProgram(files, "agent.ts", runtime);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: "module_invalid", ...expected });
  });
});
