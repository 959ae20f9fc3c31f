import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hashSources } from "./sources.ts";

let root = "";
const write = (path: string, text: string) => writeFileSync(join(root, path), text);
const hash = (dependsOn = "") => hashSources(join(root, "agent"), dependsOn);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fieldwork-sources-"));
  for (const folder of ["agent", "agent/src", "agent/target", "sdk"]) mkdirSync(join(root, folder));
  write("agent/main.go", "package main");
  write("agent/go.mod", "module agent\n\nreplace fieldwork.dev/sdk => ../sdk\n");
  write("sdk/sdk.go", "package sdk");
});
afterEach(() => rmSync(root, { recursive: true }));

it("changes with a source file, wherever it lies", () => {
  const before = hash();
  write("agent/src/more.go", "package more");
  expect(hash()).not.toBe(before);
});

it("changes with the SDK that a go.mod or Cargo.toml names", () => {
  const before = hash();
  write("sdk/sdk.go", "package sdk // changed");
  const after = hash();
  expect(after).not.toBe(before);
  rmSync(join(root, "agent/go.mod"));
  write("agent/Cargo.toml", '[dependencies]\nfieldwork = { path = "../sdk" }\n');
  const viaCargo = hash();
  write("sdk/sdk.go", "package sdk");
  expect(hash()).not.toBe(viaCargo);
});

it("changes with what else the output depends on", () => {
  expect(hash("go1.24")).not.toBe(hash("go1.25"));
});

it("stays the same whatever a build leaves behind", () => {
  const before = hash();
  write("agent/target/out.rs", "fn main() {}");
  write("agent/agent.wasm", "wasm");
  expect(hash()).toBe(before);
});
