import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CAPABILITIES, capability } from "#contract";
import { type OpenDatabase, openDatabase } from "../storage/index.ts";
import { createGrants, grantMigrations, inPlainWords, readGrant } from "./index.ts";

let folder: string;
let db: OpenDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fw-grants-"));
  db = openDatabase(join(folder, "a.db"), { migrations: grantMigrations });
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const fetching = capability("http.fetch");
const opened = () => createGrants(db, Date.now);

test("what is given holds at once, only for that module, and over a restart", () => {
  const grants = opened();
  expect(grants.covers("notes", fetching, "https://a.example/")).toBe(false);
  grants.give("notes", readGrant("http.fetch:https://a.example"));
  grants.give("notes", readGrant("http.fetch:https://a.example"));
  for (const one of [grants, opened()]) {
    expect(one.covers("notes", fetching, "https://a.example/x")).toBe(true);
    expect(one.covers("notes", fetching, undefined)).toBe(true);
    expect(one.covers("notes", fetching, "https://b.example/")).toBe(false);
    expect(one.covers("other", fetching, "https://a.example/x")).toBe(false);
    expect(one.list("notes")).toHaveLength(1);
  }
});

test("what is taken is gone at once and stays gone, and is told by capability", () => {
  const grants = opened();
  grants.give("notes", [...readGrant("http.fetch:https://a.example"), ...readGrant("fs.read:/a")]);
  const told: string[] = [];
  grants.onTake((module, name) => {
    expect(grants.covers(module, fetching, "https://a.example/")).toBe(false);
    told.push(`${module} ${name}`);
  });
  expect(grants.take("notes", readGrant("http.fetch:https://a.example"))).toBe(1);
  expect(grants.take("notes", readGrant("http.fetch:https://a.example"))).toBe(0);
  expect(grants.scopes("notes", "http.fetch")).toEqual([]);
  grants.drop("notes");
  expect(told).toEqual(["notes http.fetch", "notes http.fetch", "notes http.fetch", "notes fs.read"]);
  expect(opened().list()).toEqual([]);
});

test("a family stands for all in it that can be given", () => {
  expect(readGrant("fs.*:/a").map(({ capability: name, scope }) => `${name}:${scope}`)).toContain(
    "fs.delete:/a",
  );
  expect(readGrant("state:read").every(({ capability: name }) => name.startsWith("store."))).toBe(true);
});

test.each(["no.such", "agent.list", "agent.*", "system.setup", "fs.read:", "net:fetch:", "rpc:subscribe:x"])(
  "%s cannot be given",
  (text) => expect(() => readGrant(text)).toThrow(expect.objectContaining({ code: "invalid_input" })),
);

test("a grant is told in words a person can decide on, its scope as it is written", () => {
  expect(inPlainWords({ capability: "exec.run", scope: "*" })).toBe("run any program on this machine");
  expect(inPlainWords({ capability: "exec.run", scope: "git" })).toBe("run the program git");
  expect(inPlainWords({ capability: "exec.run", scope: "$&$'$`" })).toBe("run the program $&$'$`");
  expect(inPlainWords({ capability: "user.ask", scope: "*" })).toBe("ask you questions");
});

test("whatever a manifest can ask for has its words", () => {
  const asked = [...CAPABILITIES.values()].filter(({ grant }) => grant !== "tier").map(({ name }) => name);
  expect(asked.length).toBeGreaterThan(60);
  expect(asked.filter((name) => inPlainWords({ capability: name, scope: "*" }) === `use ${name}`)).toEqual(
    [],
  );
});
