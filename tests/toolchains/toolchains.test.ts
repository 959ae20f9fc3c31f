import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseManifest } from "#contract";
import { type Language, toolchain } from "./index.ts";

const KIB = 1024;
const BUILD_MAX_MS = 300_000;

interface Source {
  readonly language: Language;
  readonly folder: string;
  /** Modules a guest of this kind may import from. */
  readonly imports: readonly string[];
  readonly sizeMax: number;
}
const WASI = "wasi_snapshot_preview1";
const sources: readonly Source[] = [
  { language: "go", folder: "templates/agent-go", imports: ["fieldwork", WASI], sizeMax: 4096 * KIB },
  { language: "rust", folder: "templates/agent-rust", imports: ["fieldwork", WASI], sizeMax: 200 * KIB },
  { language: "go", folder: "tests/fixtures/flowork-go", imports: ["flowork", WASI], sizeMax: 4096 * KIB },
  { language: "rust", folder: "tests/fixtures/flowork-rust", imports: ["flowork", WASI], sizeMax: 200 * KIB },
];

describe.each(sources)("$folder", ({ language, folder, imports, sizeMax }) => {
  it("has a manifest that the contract accepts", () => {
    const manifest = parseManifest(
      readFileSync(new URL(`../../${folder}/manifest.json`, import.meta.url), "utf8"),
    );
    expect(folder.endsWith(manifest.id)).toBe(true);
  });

  it(
    "builds to a small WASI command that imports what the guest interface offers",
    async ({ skip }) => {
      const compiler = await toolchain(language);
      if (compiler.missing) return skip(compiler.missing);
      const bytes = readFileSync(await compiler.build(folder));
      const module = new WebAssembly.Module(bytes);
      const used = new Set(WebAssembly.Module.imports(module).map((entry) => entry.module));
      expect([...used].sort()).toEqual([...imports].sort());
      const exported = WebAssembly.Module.exports(module).map((entry) => entry.name);
      expect(exported).toEqual(expect.arrayContaining(["memory", "_start"]));
      expect(bytes.length).toBeLessThan(sizeMax);
    },
    BUILD_MAX_MS,
  );
});

describe("a build", () => {
  it(
    "happens once for the same content",
    async ({ skip }) => {
      const compiler = await toolchain("c");
      if (compiler.missing) return skip(compiler.missing);
      const file = "tests/toolchains/fixtures/hello.c";
      const [first, second] = await Promise.all([compiler.build(file), compiler.build(file)]);
      expect(second).toBe(first);
      expect(WebAssembly.validate(readFileSync(first))).toBe(true);
    },
    BUILD_MAX_MS,
  );

  it(
    "that fails says what the compiler said",
    async ({ skip }) => {
      const compiler = await toolchain("c");
      if (compiler.missing) return skip(compiler.missing);
      await expect(compiler.build("tests/toolchains/fixtures/broken.c")).rejects.toThrow(/undeclared/);
    },
    BUILD_MAX_MS,
  );
});
