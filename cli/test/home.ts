import { hash } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { canonicalJson, DATA_FORMAT, type EventDraft, eventText, FIRST_PREV } from "#contract";

/** A home with real databases, as a server leaves it: a journal of some events, an agent, a key. */
export function makeHome(home: string, { events = 5, dataFormat = DATA_FORMAT } = {}): void {
  mkdirSync(join(home, "run"), { recursive: true });
  chmodSync(home, 0o700);
  withDatabase(join(home, "fieldwork.db"), (db) => {
    db.exec("PRAGMA journal_mode=WAL; CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT)");
    db.prepare("INSERT INTO meta VALUES ('data_format', ?)").run(String(dataFormat));
  });
  makeJournal(home, events);
  writeFileSync(join(home, "secrets.key"), "k".repeat(32), { mode: 0o600 });
  addAgent(home, "notes");
}

export function addAgent(home: string, id: string, manifest: object = {}): void {
  const folder = join(home, "agents", `${id}.fwagent`);
  mkdirSync(join(folder, "workspace"), { recursive: true });
  const whole = {
    id,
    version: "1.0.0",
    kind: "agent",
    display_name: "Notes",
    entry: "agent.ts",
    abi_version: 1,
    ...manifest,
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(whole));
  writeFileSync(join(folder, "agent.ts"), "export default {};\n");
  withDatabase(join(folder, "state.db"), (db) =>
    db.exec("CREATE TABLE IF NOT EXISTS memory (text TEXT); INSERT INTO memory VALUES ('tea')"),
  );
}

export function makeJournal(
  home: string,
  count: number,
  drafts: readonly Partial<EventDraft & { at: number }>[] = [],
): void {
  withDatabase(join(home, "journal.db"), (db) => {
    db.exec(`PRAGMA journal_mode=WAL;
CREATE TABLE events (seq INTEGER PRIMARY KEY, at REAL, trace TEXT, span TEXT, parent TEXT, actor TEXT, kind TEXT, subject TEXT, data TEXT, prev TEXT, hash TEXT);
CREATE TABLE anchor (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL)`);
    const insert = db.prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    let prev = FIRST_PREV;
    for (let seq = 1; seq <= count; seq++) {
      const draft = drafts[seq - 1] ?? {};
      const row = {
        seq,
        at: draft.at ?? 1_780_000_000_000.5 + seq,
        trace: draft.trace ?? `t${seq % 2}`,
        span: "s1",
        parent: null,
        actor: draft.actor ?? "owner",
        kind: draft.kind ?? (seq % 2 === 0 ? "module.loaded" : "system.started"),
        subject: draft.subject ?? null,
        prev,
      };
      const data = canonicalJson(draft.data ?? { n: seq });
      const digest = hash("sha256", eventText(row, data));
      insert.run(
        seq,
        row.at,
        row.trace,
        row.span,
        row.parent,
        row.actor,
        row.kind,
        row.subject,
        data,
        prev,
        digest,
      );
      prev = digest;
    }
  });
}

export function withDatabase<T>(path: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path);
  try {
    return work(db);
  } finally {
    db.close();
  }
}
