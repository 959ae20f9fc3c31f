import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { watchFolder } from "./index.ts";

/** Longer than the watch waits for things to become quiet. */
const QUIET_MS = 300;

function watched(inside?: (path: string) => boolean) {
  const folder = mkdtempSync(join(tmpdir(), "fieldwork-watch-"));
  const changed = vi.fn();
  const watch = watchFolder(folder, changed, inside ? { inside } : {});
  onTestFinished(() => {
    watch.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** How often it was told of what `work` did. */
  const during = async (work: () => void) => {
    changed.mockClear();
    work();
    await sleep(QUIET_MS);
    return changed.mock.calls.length;
  };
  return {
    folder,
    changed,
    during,
    write: (path: string) => writeFileSync(join(folder, path), String(Math.random())),
  };
}

test("many changes at once are told once", async () => {
  const { during, write } = watched();
  expect(await during(() => ["a", "b", "a", "c"].map(write))).toBe(1);
});

test("what a module changes itself is not told", async () => {
  const { folder, during, write } = watched(() => true);
  expect(await during(() => ["state.db", "state.db-wal", ".hidden"].map(write))).toBe(0);
  await during(() => mkdirSync(join(folder, "workspace")));
  expect(await during(() => write("workspaces.ts"))).toBe(1);
});

test("folders inside are watched where that is wanted, also those that come later or come back", async () => {
  const { folder, during, write } = watched((path) => !path.endsWith("skip"));
  expect(await during(() => mkdirSync(join(folder, "lib/deep"), { recursive: true }))).toBe(1);
  expect(await during(() => write("lib/deep/a"))).toBe(1);
  await during(() => mkdirSync(join(folder, "lib/skip")));
  expect(await during(() => write("lib/skip/a"))).toBe(0);
  await during(() => {
    renameSync(join(folder, "lib"), join(folder, "old"));
    mkdirSync(join(folder, "lib"));
  });
  expect(await during(() => write("lib/a"))).toBe(1);
  expect(await during(() => write("old/deep/a"))).toBe(1);
});

test("without being told so, folders inside are left alone", async () => {
  const { folder, during, write } = watched();
  await during(() => mkdirSync(join(folder, "lib")));
  expect(await during(() => write("lib/a"))).toBe(0);
});

test("touching without end does not put the telling off for ever", async () => {
  const { folder, changed } = watched();
  const touching = setInterval(() => writeFileSync(join(folder, "a"), String(Math.random())), 20);
  onTestFinished(() => clearInterval(touching));
  await expect.poll(() => changed).toHaveBeenCalled();
});
