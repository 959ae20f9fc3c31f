import { existsSync } from "node:fs";
import { cp, lstat } from "node:fs/promises";
import { join, relative } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { exportable } from "../packs/index.ts";

/** What has no place in a copy: messages that wait for the original would be handled twice. */
const LEFT_BEHIND = ["inbox", "outbox", "turn_steps", "session_addition"];
const MADE = /^(node_modules|target|dist)([\\/]|$)/;

/**
 * Copies a module's folder without secrets, links and what tools made; with its state, also `state.db` as of one moment, while the
 * original goes on, and its workspace.
 */
export async function copyModule(from: string, to: string, withState: boolean): Promise<void> {
  await cp(from, to, {
    recursive: true,
    async filter(path) {
      const inside = relative(from, path);
      if (inside === "") return true;
      if (MADE.test(inside) || (!withState && /^workspace([\\/]|$)/.test(inside))) return false;
      const found = await lstat(path);
      return found.isDirectory() || (found.isFile() && exportable(inside.replaceAll("\\", "/")));
    },
  });
  const state = join(from, "state.db");
  if (withState && existsSync(state)) await copyState(state, join(to, "state.db"));
}

async function copyState(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
  try {
    await backup(source, to);
  } finally {
    source.close();
  }
  const copy = new DatabaseSync(to);
  try {
    const tables = copy.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    const names = new Set(tables.map(({ name }) => String(name)));
    copy.exec("PRAGMA secure_delete=ON");
    for (const name of LEFT_BEHIND) if (names.has(name)) copy.exec(`DELETE FROM ${name}`);
  } finally {
    copy.close();
  }
}
