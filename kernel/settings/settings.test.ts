import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDatabase } from "../storage/index.ts";
import { createSettings, kernelSettings, settingMigrations } from "./index.ts";

function opened() {
  const folder = mkdtempSync(join(tmpdir(), "fw-settings-"));
  const db = openDatabase(join(folder, "a.db"), { migrations: settingMigrations });
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = () => {
    const settings = createSettings(db, Date.now);
    settings.declare(kernelSettings);
    return settings;
  };
  return { db, start };
}

test("every default fits its own schema", () => {
  for (const { key, schema, initial } of kernelSettings)
    expect([key, schema.safeParse(initial).success]).toEqual([key, true]);
});

test("a change is in force at once, told, and kept over a restart", () => {
  const { start } = opened();
  const settings = start();
  const told: unknown[] = [];
  const stop = settings.onChange("journal.keep_mb", (value) => told.push(value));
  settings.set("journal.keep_mb", 100);
  stop();
  settings.set("journal.keep_mb", 200);
  expect(told).toEqual([100]);
  for (const one of [settings, start()]) expect(one.get("journal.keep_mb")).toBe(200);
  expect(settings.list().find(({ key }) => key === "journal.keep_mb")).toMatchObject({
    value: 200,
    default: 4096,
  });
});

test("what does not fit is refused and changes nothing; what does not exist is not found", () => {
  const settings = opened().start();
  for (const value of ["many", -1, null, 1e9])
    expect(() => settings.set("journal.keep_mb", value)).toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
  expect(settings.get("journal.keep_mb")).toBe(4096);
  expect(() => settings.set("no.such", 1)).toThrow(expect.objectContaining({ code: "not_found" }));
  expect(() => settings.get("no.such")).toThrow(expect.objectContaining({ code: "not_found" }));
});

test("a value that no longer fits its schema gives way to the default", () => {
  const { db, start } = opened();
  start().set("journal.keep_mb", 100);
  db.exec(`UPDATE settings SET value = '"old"'`);
  expect(start().get("journal.keep_mb")).toBe(4096);
});
