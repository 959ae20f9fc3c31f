import { randomUUID } from "node:crypto";
import {
  ACTIONS,
  type Approval,
  CAPABILITIES,
  canonicalJson,
  type Database,
  FieldworkError,
  type JsonValue,
  type Migration,
  type Row,
} from "#contract";
import { inSentence } from "./plain.ts";

export const approvalMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE approvals (
  id TEXT PRIMARY KEY, module TEXT NOT NULL, capability TEXT NOT NULL, targets TEXT NOT NULL, args TEXT NOT NULL,
  args_hash TEXT NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL, asked_at TEXT NOT NULL, expires_at TEXT NOT NULL,
  decided_at TEXT, trace TEXT NOT NULL);
CREATE INDEX approvals_call ON approvals (module, capability, args_hash, state);
CREATE INDEX approvals_waiting ON approvals (expires_at, module) WHERE state = 'waiting';
`,
  },
  { version: 2, sql: "ALTER TABLE approvals ADD COLUMN decisive TEXT NOT NULL DEFAULT '[]';\n" },
];

export interface Asking {
  readonly module: string;
  readonly capability: string;
  readonly targets: readonly string[];
  /** What is judged: recipients, addresses, commands, paths. */
  readonly decisive: readonly string[];
  readonly args: JsonValue;
  readonly argsHash: string;
  readonly reason: string;
  readonly trace: string;
}

/** Which approvals, newest first. */
export interface Which {
  /** Also those that are decided. */
  readonly all?: boolean | undefined;
  readonly state?: Approval["state"] | undefined;
  readonly module?: string | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: string | undefined;
}

/** A person's consent to one call with exactly these arguments. Durable, expiring, used once. */
export interface Approvals {
  /** The approval that waits for this very call; asked anew if there is none. */
  ask(asking: Asking): Approval;
  /** Uses up a given approval of this very call. */
  use(module: string, capability: string, argsHash: string): boolean;
  /** Resolves when it is decided or expired. */
  decided(id: string, signal: AbortSignal): Promise<Approval>;
  /** @throws FieldworkError `not_found`, or `conflict` when it is decided already. */
  decide(id: string, state: "given" | "refused"): Approval;
  list(which: Which): { approvals: Approval[]; next: string | null };
  /** Deletes those that a module's calls in these traces asked for; one that waits is refused first. */
  forget(module: string, traces: readonly string[]): void;
  waiting(): number;
  close(): void;
}

const ARGS_MAX_CHARS = 65_536;
/** Of one module; no person decides more than this. */
const WAITING_MAX = 100;
const KEEP_DECIDED = 10_000;

export interface ApprovalsOptions {
  readonly db: Database;
  readonly now: () => number;
  readonly expiresMs: () => number;
  readonly changed: (approval: Approval, event: "asked" | "given" | "refused" | "expired") => void;
}

export function createApprovals({ db, now, expiresMs, changed }: ApprovalsOptions): Approvals {
  const waiters = new Map<string, Set<(approval: Approval) => void>>();
  let timer: NodeJS.Timeout | undefined;

  const get = (id: string): Approval | undefined =>
    toApproval(db.sql("SELECT * FROM approvals WHERE id = ?").get(id));
  const settle = (id: string, state: Approval["state"]): Approval => {
    db.sql("UPDATE approvals SET state = ?, decided_at = ? WHERE id = ?").run(state, iso(), id);
    const approval = get(id) as Approval;
    for (const tell of waiters.get(id) ?? []) tell(approval);
    waiters.delete(id);
    return approval;
  };
  const iso = () => new Date(now()).toISOString();

  const expire = () => {
    for (const row of db
      .sql("SELECT id FROM approvals WHERE state = 'waiting' AND expires_at <= ?")
      .all(iso())) {
      changed(settle(String(row.id), "expired"), "expired");
    }
    plan();
  };
  const plan = () => {
    clearTimeout(timer);
    const next = db.sql("SELECT min(expires_at) AS at FROM approvals WHERE state = 'waiting'").get()?.at;
    if (next)
      timer = setTimeout(
        expire,
        Math.min(Math.max(0, Date.parse(String(next)) - now()), 2 ** 31 - 1),
      ).unref();
  };
  expire();

  return {
    ask({ module, capability, targets, decisive, args, argsHash, reason, trace }) {
      const same = db
        .sql(
          "SELECT * FROM approvals WHERE module = ? AND capability = ? AND args_hash = ? AND state = 'waiting'",
        )
        .get(module, capability, argsHash);
      if (same) return toApproval(same) as Approval;
      const waiting = Number(
        db.sql("SELECT count(*) AS n FROM approvals WHERE state = 'waiting' AND module = ?").get(module)?.n,
      );
      if (waiting >= WAITING_MAX) {
        throw new FieldworkError(
          "rate_limited",
          `${module} has ${waiting} calls waiting for approval already.`,
        );
      }
      const id = randomUUID();
      const text = canonicalJson(args);
      db.sql("INSERT INTO approvals VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, NULL, ?, ?)").run(
        id,
        module,
        capability,
        JSON.stringify(targets),
        text.length > ARGS_MAX_CHARS
          ? JSON.stringify({ cut: true, chars: text.length, begins: text.slice(0, 1000) })
          : text,
        argsHash,
        reason,
        iso(),
        new Date(now() + expiresMs()).toISOString(),
        trace,
        decisiveText(decisive),
      );
      db.sql(
        "DELETE FROM approvals WHERE rowid <= (SELECT max(rowid) FROM approvals) - ? AND state <> 'waiting'",
      ).run(KEEP_DECIDED);
      const approval = get(id) as Approval;
      changed(approval, "asked");
      plan();
      return approval;
    },
    use(module, capability, argsHash) {
      const { changes } = db
        .sql(
          "UPDATE approvals SET state = 'used' WHERE id = (SELECT id FROM approvals WHERE module = ? AND capability = ? AND args_hash = ? AND state = 'given' AND expires_at > ? LIMIT 1)",
        )
        .run(module, capability, argsHash, iso());
      return changes === 1;
    },
    decided(id, signal) {
      const approval = get(id);
      if (approval?.state !== "waiting") return Promise.resolve(approval as Approval);
      return new Promise((resolve, reject) => {
        const all = waiters.get(id) ?? new Set();
        waiters.set(id, all.add(resolve));
        const leave = () => {
          all.delete(resolve);
          if (all.size === 0) waiters.delete(id);
          reject(signal.reason);
        };
        if (signal.aborted) leave();
        else signal.addEventListener("abort", leave, { once: true });
      });
    },
    decide(id, state) {
      expire();
      const approval = get(id);
      if (!approval)
        throw new FieldworkError("not_found", `There is no approval ${id}.`, {
          remedy: "Look which there are.",
          action: ACTIONS.see_approvals(),
        });
      if (approval.state !== "waiting")
        throw new FieldworkError("conflict", `That approval is ${approval.state} already.`);
      const decided = settle(id, state);
      changed(decided, state);
      plan();
      return decided;
    },
    list({ all = false, state, module, limit, before }) {
      const conditions = ["rowid < ?"];
      const values: (string | number)[] = [before === undefined ? Number.MAX_SAFE_INTEGER : cursorOf(before)];
      const only = state ?? (all ? undefined : "waiting");
      for (const [column, value] of Object.entries({ state: only, module })) {
        if (value === undefined) continue;
        conditions.push(`${column} = ?`);
        values.push(value);
      }
      const rows = db
        .sql(
          `SELECT rowid AS n, * FROM approvals WHERE ${conditions.join(" AND ")} ORDER BY rowid DESC LIMIT ?`,
        )
        .all(...values, limit + 1);
      const shown = rows.slice(0, limit);
      return {
        approvals: shown.map((row) => toApproval(row) as Approval),
        next: rows.length > limit ? String(shown.at(-1)?.n) : null,
      };
    },
    forget(module, traces) {
      const list = JSON.stringify(traces);
      const asked = "module = ? AND trace IN (SELECT value FROM json_each(?))";
      for (const { id } of db
        .sql(`SELECT id FROM approvals WHERE state = 'waiting' AND ${asked}`)
        .all(module, list))
        changed(settle(String(id), "refused"), "refused");
      db.sql(`DELETE FROM approvals WHERE ${asked}`).run(module, list);
      plan();
    },
    waiting: () => Number(db.sql("SELECT count(*) AS n FROM approvals WHERE state = 'waiting'").get()?.n),
    close: () => clearTimeout(timer),
  };
}

const DECISIVE_MAX_CHARS = 4000;
const DECISIVE_MAX = 32;
const decisiveText = (decisive: readonly string[]): string =>
  JSON.stringify(decisive.slice(0, DECISIVE_MAX).map((one) => one.slice(0, DECISIVE_MAX_CHARS)));

function cursorOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new FieldworkError("invalid_input", "before: it is no `next` of a page.");
}

function toApproval(row: Row | undefined): Approval | undefined {
  if (!row) return undefined;
  const { n: _, ...stored } = row;
  const known = {
    ...(stored as unknown as Approval),
    targets: JSON.parse(String(row.targets)) as string[],
    decisive: JSON.parse(String(row.decisive)) as string[],
    args: JSON.parse(String(row.args)) as JsonValue,
  };
  return {
    ...known,
    effect: CAPABILITIES.get(known.capability)?.effect ?? "none",
    plain: inSentence(known),
  };
}
