import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type CallContext,
  type Database,
  FieldworkError,
  type Host,
  type JsonValue,
  type Statement,
} from "#contract";
import store from "./index.ts";

let folder: string;
let sqlite: DatabaseSync;
let changed: Record<string, JsonValue>;
let context: CallContext;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  sqlite = new DatabaseSync(join(folder, "state.db"));
  sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  for (const migration of store.stateMigrations ?? []) sqlite.exec(migration.sql);
  changed = {};
  const cache = new Map<string, StatementSync>();
  const database: Pick<Database, "sql"> = {
    sql(text) {
      let statement = cache.get(text);
      if (!statement) {
        statement = sqlite.prepare(text);
        cache.set(text, statement);
      }
      return statement as unknown as Statement;
    },
  };
  const host: Pick<Host, "now" | "setting"> = {
    now: () => 1_700_000_000_000,
    setting: (key) => changed[key] ?? store.settings?.find((one) => one.key === key)?.initial ?? null,
  };
  context = { host, state: () => database } as unknown as CallContext;
});

afterEach(() => {
  sqlite.close();
  rmSync(folder, { recursive: true });
});

async function call(name: string, args: Record<string, unknown>): Promise<Record<string, unknown>> {
  const provider = store.provides?.find((one) => one.capability.name === name);
  if (!provider) throw new Error(`nobody provides ${name}`);
  const reply = await provider.run(provider.capability.input.parse(args), context);
  return provider.capability.output.parse(reply) as Record<string, unknown>;
}

async function refused(name: string, args: Record<string, unknown>): Promise<FieldworkError> {
  return await call(name, args).then(
    () => expect.unreachable(`${name} was not refused`),
    (error: unknown) => {
      expect(error).toBeInstanceOf(FieldworkError);
      return error as FieldworkError;
    },
  );
}

const usage = () => sqlite.prepare("SELECT entries, bytes FROM store_usage").get();
const counted = () =>
  sqlite
    .prepare(
      `SELECT count(*) AS entries, coalesce(sum(bytes), 0) AS bytes
       FROM (SELECT bytes FROM store_kv UNION ALL SELECT bytes FROM store_doc)`,
    )
    .get();

describe("store.kv", () => {
  test("gives back what was kept, and null for what was not", async () => {
    await call("store.kv.set", { k: "a", v: { deep: [1, null, "ü"] } });
    expect(await call("store.kv.get", { k: "a" })).toEqual({ value: { deep: [1, null, "ü"] }, found: true });
    expect(await call("store.kv.get", { k: "b" })).toEqual({ value: null, found: false });
    await call("store.kv.set", { k: "a", v: null });
    expect(await call("store.kv.get", { k: "a" })).toEqual({ value: null, found: true });
    await call("store.kv.delete", { k: "a" });
    await call("store.kv.delete", { k: "a" });
    expect(await call("store.kv.get", { k: "a" })).toEqual({ value: null, found: false });
  });

  test("takes LIKE and GLOB characters in a prefix as themselves", async () => {
    for (const k of ["a%b", "aXb", "a_b", "a*b", "a[b", "A%b", "a"]) await call("store.kv.set", { k, v: 1 });
    expect((await call("store.kv.list", { prefix: "a%" })).keys).toEqual(["a%b"]);
    expect((await call("store.kv.list", { prefix: "a_" })).keys).toEqual(["a_b"]);
    expect((await call("store.kv.list", { prefix: "a*" })).keys).toEqual(["a*b"]);
    expect((await call("store.kv.list", { prefix: "a" })).keys).toHaveLength(6);
    expect((await call("store.kv.list", {})).keys).toHaveLength(7);
  });

  test("lists exactly the keys with a prefix, whatever characters they have", async () => {
    const character = fc.constantFrom(
      "a",
      "b",
      "%",
      "\u007f",
      "\u07ff",
      "\ud7ff",
      "\ue000",
      "\uffff",
      "😀",
      "\u{10ffff}",
    );
    const name = fc.string({ unit: character, minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(name, { maxLength: 12 }),
        fc.string({ unit: character, maxLength: 2 }),
        async (keys, prefix) => {
          sqlite.exec("DELETE FROM store_kv");
          for (const k of keys) await call("store.kv.set", { k, v: 0 });
          const listed = (await call("store.kv.list", { prefix })).keys as string[];
          expect(new Set(listed)).toEqual(new Set(keys.filter((key) => key.startsWith(prefix))));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("lists 1,000 keys at a time and goes on behind the last", async () => {
    for (let i = 0; i < 2100; i++) await call("store.kv.set", { k: `k${String(i).padStart(4, "0")}`, v: i });
    const seen: string[] = [];
    let page = await call("store.kv.list", { prefix: "k" });
    for (;;) {
      const keys = page.keys as string[];
      seen.push(...keys);
      if (!page.truncated) break;
      expect(keys).toHaveLength(1000);
      page = await call("store.kv.list", { prefix: "k", after: keys.at(-1) });
    }
    expect(seen).toHaveLength(2100);
    expect(new Set(seen).size).toBe(2100);
  });

  test("refuses names that SQLite would give back changed", async () => {
    for (const k of ["a\0b", "a\ud800"]) {
      expect((await refused("store.kv.set", { k, v: 1 })).code).toBe("invalid_input");
      expect((await refused("store.kv.list", { prefix: k })).code).toBe("invalid_input");
    }
  });
});

describe("store.doc", () => {
  test("keeps one body for an id and lists the newest change first", async () => {
    for (const id of ["a", "b", "c"]) await call("store.doc.put", { collection: "notes", id, body: { id } });
    await call("store.doc.put", { collection: "other", id: "x", body: 1 });
    await call("store.doc.put", { collection: "notes", id: "a", body: { id: "a", again: true } });
    const { records, count, truncated } = await call("store.doc.query", { collection: "notes" });
    expect((records as { id: string }[]).map((record) => record.id)).toEqual(["a", "c", "b"]);
    expect([count, truncated]).toEqual([3, false]);
    expect(await call("store.doc.get", { collection: "notes", id: "a" })).toEqual({
      found: true,
      body: { id: "a", again: true },
    });
    await call("store.doc.delete", { collection: "notes", id: "a" });
    expect(await call("store.doc.get", { collection: "notes", id: "a" })).toEqual({ found: false });
    expect(await call("store.doc.query", { collection: "notes", limit: 1 })).toMatchObject({
      count: 1,
      truncated: true,
    });
    expect(await call("store.doc.query", { collection: "none" })).toEqual({
      records: [],
      count: 0,
      truncated: false,
    });
  });

  test("answers a query with 8 MiB at most and says that there is more", async () => {
    const body = "x".repeat(1_000_000);
    for (let i = 0; i < 12; i++) await call("store.doc.put", { collection: "big", id: `${i}`, body });
    expect(await call("store.doc.query", { collection: "big" })).toMatchObject({ count: 8, truncated: true });
  });
});

describe("limits", () => {
  test("names the setting of each limit that is reached", async () => {
    expect((await refused("store.kv.set", { k: "a", v: "x".repeat(1_048_576) })).message).toContain(
      "store.value_max_bytes",
    );
    changed["store.max_entries"] = 2;
    await call("store.kv.set", { k: "a", v: 1 });
    await call("store.doc.put", { collection: "c", id: "d", body: 1 });
    const full = await refused("store.kv.set", { k: "b", v: 1 });
    expect([full.code, full.details]).toEqual(["too_large", { setting: "store.max_entries", limit: 2 }]);
    await call("store.kv.set", { k: "a", v: 2 });
    changed["store.max_bytes"] = 20;
    expect((await refused("store.kv.set", { k: "a", v: "x".repeat(20) })).details).toMatchObject({
      setting: "store.max_bytes",
    });
    await call("store.kv.set", { k: "a", v: 3 });
    await call("store.doc.delete", { collection: "c", id: "d" });
    await call("store.kv.set", { k: "b", v: 1 });
  });

  test("counts in bytes of UTF-8, not in characters", async () => {
    expect((await refused("store.kv.set", { k: "a", v: "ü".repeat(600_000) })).code).toBe("too_large");
    await call("store.kv.set", { k: "a", v: "x".repeat(600_000) });
  });

  test("keeps the usage right over every write, change, deletion and rollback", async () => {
    const step = fc.record({
      what: fc.constantFrom("store.kv.set", "store.kv.delete", "store.doc.put", "store.doc.delete"),
      name: fc.constantFrom("a", "b", "c"),
      length: fc.nat(40),
      undone: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        for (const { what, name, length, undone } of steps) {
          if (undone) sqlite.exec("BEGIN");
          const args = what.startsWith("store.kv") ? { k: name } : { collection: "c", id: name };
          const value = "v".repeat(length);
          await call(what, {
            ...args,
            ...(what === "store.kv.set" ? { v: value } : what === "store.doc.put" ? { body: value } : {}),
          });
          if (undone) sqlite.exec("ROLLBACK");
        }
        expect(usage()).toEqual(counted());
      }),
      { numRuns: 50 },
    );
  });
});
