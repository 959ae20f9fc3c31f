import { hash } from "node:crypto";
import { dataText, type Event, type EventDraft, eventText, FIRST_PREV, FieldworkError } from "#contract";
import { openDatabase } from "../storage/index.ts";
import { aboutOf } from "./about.ts";
import { prune } from "./prune.ts";
import { createRecentEvents } from "./recent.ts";
import {
  type EventFilter,
  insertEvent,
  journalMigrations,
  SEQ_RANGE,
  selectEvents,
  toEvent,
  type WrittenRow,
} from "./table.ts";

const UNWRITTEN_MAX = 20_000;
const DATA_MAX_CHARS = 262_144;
const RETRY_MS = 1000;

export interface Journal {
  /**
   * Takes an event in and gives its place in the chain. It is in the file at the latest when {@link committed} resolves.
   * @throws FieldworkError `storage_failed` while the file cannot be written and too much waits.
   */
  append(draft: EventDraft): { readonly seq: number; readonly hash: string };
  /** Resolves when all that was appended so far survives the death of the process. */
  committed(): Promise<void>;
  /** Resolves when all that was appended so far survives the loss of power. */
  durable(): Promise<void>;
  read(after: number, limit: number, filter?: EventFilter): Event[];
  newest(limit: number, filter?: EventFilter): Event[];
  /** One event, and the hash of the one before, where that is still there. */
  event(seq: number): { readonly event: Event; readonly before: string | undefined } | undefined;
  /** When an actor last did something, in milliseconds since 1970; of capability calls alone nothing is known here. */
  lastOf(actor: string): number | undefined;
  /** How many events it holds. */
  count(): number;
  lastSeq(): number;
  unwritten(): number;
  /** Why the last write failed, while it has not been mended. */
  failure(): string | undefined;
  /** The listener is told, at most once a batch, that there is more. */
  subscribe(listener: () => void): () => void;
  /** Deletes the oldest events down to a size in bytes; the chain then begins at an anchor. Gives the count deleted. */
  prune(keepBytes: number): number;
  close(): void;
}

interface Pending {
  readonly row: WrittenRow;
  readonly about: readonly string[];
}

interface Waiter {
  readonly seq: number;
  resolve(): void;
  reject(error: Error): void;
}

/** An agent's last event is looked for among this many that are about it. */
const LATEST_LOOKED_AT = 256;

export interface JournalOptions {
  readonly now?: () => number;
  readonly wrote?: (path: string) => void;
  readonly beforeMigration?: (path: string) => void;
}

/**
 * Opens `journal.db`: one hash-chained table of all that happens. Events are numbered and chained when they are appended and
 * written in batches, one transaction a turn of the event loop.
 */
export function openJournal(path: string, options: JournalOptions = {}): Journal {
  const now = options.now ?? Date.now;
  const db = openDatabase(path, {
    migrations: journalMigrations,
    ...(options.beforeMigration ? { beforeMigration: options.beforeMigration } : {}),
  });
  const last =
    db.sql("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1").get() ??
    db.sql("SELECT seq, hash FROM anchor").get();
  let seq = Number(last?.seq ?? 0);
  let prev = String(last?.hash ?? FIRST_PREV);
  let written = seq;
  let pending: Pending[] = [];
  const recent = createRecentEvents();
  let waiters: Waiter[] = [];
  let scheduled = false;
  let retry: NodeJS.Timeout | undefined;
  let failure: string | undefined;
  let closed = false;
  const listeners = new Set<() => void>();

  const flush = (): void => {
    scheduled = false;
    if (pending.length === 0 || closed) return;
    const batch = pending;
    try {
      db.transaction(() => {
        for (const { row, about } of batch) insertEvent(db, row, about);
      });
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      const failed = waiters;
      waiters = [];
      for (const waiter of failed) waiter.reject(cannotWrite(failure));
      retry ??= setTimeout(() => {
        retry = undefined;
        flush();
      }, RETRY_MS).unref();
      return;
    }
    pending = [];
    failure = undefined;
    written = (batch.at(-1) as Pending).row.seq;
    recent.add(batch.map(({ row }) => row));
    options.wrote?.(path);
    const settled = waiters.filter((waiter) => waiter.seq <= written);
    waiters = waiters.filter((waiter) => waiter.seq > written);
    for (const waiter of settled) waiter.resolve();
    for (const listener of listeners) listener();
  };

  const committed = (): Promise<void> => {
    if (failure !== undefined) flush();
    if (written >= seq) return Promise.resolve();
    if (failure !== undefined) return Promise.reject(cannotWrite(failure));
    return new Promise((resolve, reject) => waiters.push({ seq, resolve, reject }));
  };

  return {
    append(draft) {
      if (closed) throw new FieldworkError("unavailable", "The journal is closed; the system is stopping.");
      if (pending.length >= UNWRITTEN_MAX) throw cannotWrite(failure ?? "too many events wait to be written");
      let data = dataText(draft.data);
      if (data.length > DATA_MAX_CHARS)
        data = dataText({ cut: true, chars: data.length, sha256: hash("sha256", data) });
      const row = {
        seq: seq + 1,
        at: now(),
        trace: draft.trace,
        span: draft.span,
        parent: draft.parent ?? null,
        actor: draft.actor,
        kind: draft.kind,
        subject: draft.subject ?? null,
        prev,
      };
      const digest = hash("sha256", eventText(row, data));
      seq = row.seq;
      prev = digest;
      pending.push({ row: { ...row, dataText: data, hash: digest }, about: aboutOf(draft) });
      if (!scheduled) {
        scheduled = true;
        setImmediate(flush);
      }
      return { seq, hash: digest };
    },
    committed,
    async durable() {
      await committed();
      await db.durable();
    },
    read(after, limit, filter = {}) {
      flush();
      return recent.read(after, limit, filter) ?? selectEvents(db, "seq > ?", [after], "ASC", limit, filter);
    },
    newest(limit, filter = {}) {
      flush();
      return selectEvents(db, "seq > ?", [0], "DESC", limit, filter).reverse();
    },
    event(at) {
      flush();
      const row = db.sql("SELECT * FROM events WHERE seq = ?").get(at);
      if (!row) return undefined;
      const before =
        db.sql("SELECT hash FROM events WHERE seq = ?").get(at - 1)?.hash ??
        db.sql("SELECT hash FROM anchor WHERE seq = ?").get(at - 1)?.hash ??
        (at === 1 ? FIRST_PREV : undefined);
      return { event: toEvent(row), before: before === undefined ? undefined : String(before) };
    },
    lastOf(actor) {
      const at = db
        .sql(
          `SELECT e.at FROM (SELECT seq FROM event_about WHERE about = ? ORDER BY seq DESC LIMIT ${LATEST_LOOKED_AT}) a CROSS JOIN events e ON e.seq = a.seq WHERE e.actor = ? ORDER BY a.seq DESC LIMIT 1`,
        )
        .get(`a:${actor}`, actor)?.at;
      return at === undefined ? undefined : Number(at);
    },
    count() {
      const range = db.sql(SEQ_RANGE).get();
      return range?.first == null ? 0 : Number(range.last) - Number(range.first) + 1;
    },
    lastSeq: () => seq,
    unwritten: () => pending.length,
    failure: () => failure,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    prune(keepBytes) {
      const pruned = prune(db, keepBytes);
      if (pruned > 0) recent.clear();
      return pruned;
    },
    close() {
      flush();
      closed = true;
      clearTimeout(retry);
      db.close();
    },
  };
}

const cannotWrite = (why: string): FieldworkError =>
  new FieldworkError("storage_failed", `The journal cannot be written: ${why}`);
