import { randomUUID } from "node:crypto";
import { type Database, FieldworkError, type JsonValue, type Migration, type Row } from "#contract";

export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE schedules (
  id TEXT NOT NULL, module TEXT NOT NULL, cron TEXT, time_zone TEXT, function TEXT NOT NULL, payload TEXT NOT NULL, missed TEXT NOT NULL,
  next_at INTEGER, last_at INTEGER, last_error TEXT, made_at INTEGER NOT NULL, PRIMARY KEY (module, id)) WITHOUT ROWID;
CREATE INDEX schedules_next ON schedules (next_at) WHERE next_at IS NOT NULL;
`,
  },
  { version: 2, sql: "ALTER TABLE schedules ADD COLUMN tainted INTEGER NOT NULL DEFAULT 0;\n" },
];

export type Missed = "skip" | "once" | "all";

export interface Schedule {
  readonly id: string;
  readonly module: string;
  readonly cron: string | null;
  readonly timeZone: string | null;
  readonly function: string;
  readonly payload: JsonValue;
  readonly missed: Missed;
  /** Milliseconds since 1970; `null` when it will not run again. */
  readonly nextAt: number | null;
  readonly lastAt: number | null;
  readonly lastError: string | null;
  /** Milliseconds since 1970: tells it from an earlier schedule of the same id. */
  readonly madeAt: number;
  /** The turn that made it had read what comes from outside the owner: so has every turn it begins. */
  readonly tainted: boolean;
}

const SCHEDULES_MAX_OF_MODULE = 1000;
const PAYLOAD_MAX_CHARS = 262_144;

/** The schedules in the kernel's database. */
export function createScheduleTable(db: Database) {
  return {
    put(
      schedule: Omit<Schedule, "id" | "lastAt" | "lastError"> & { readonly id?: string | undefined },
    ): Schedule {
      const id = schedule.id ?? randomUUID();
      const { n } = db
        .sql("SELECT count(*) AS n FROM schedules WHERE module = ? AND id <> ?")
        .get(schedule.module, id) as { n: number };
      if (n >= SCHEDULES_MAX_OF_MODULE)
        throw new FieldworkError("too_large", `${schedule.module} has ${n} schedules already.`);
      const payload = JSON.stringify(schedule.payload);
      if (payload.length > PAYLOAD_MAX_CHARS)
        throw new FieldworkError("too_large", `A schedule carries ${PAYLOAD_MAX_CHARS} characters at most.`);
      db.sql(
        "INSERT INTO schedules VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?) ON CONFLICT (module, id) DO UPDATE SET cron = excluded.cron, time_zone = excluded.time_zone, function = excluded.function, payload = excluded.payload, missed = excluded.missed, next_at = excluded.next_at, last_error = NULL, made_at = excluded.made_at, tainted = excluded.tainted",
      ).run(
        id,
        schedule.module,
        schedule.cron,
        schedule.timeZone,
        schedule.function,
        payload,
        schedule.missed,
        schedule.nextAt,
        schedule.madeAt,
        schedule.tainted ? 1 : 0,
      );
      return this.get(schedule.module, id) as Schedule;
    },
    get: (module: string, id: string) =>
      toSchedule(db.sql("SELECT * FROM schedules WHERE module = ? AND id = ?").get(module, id)),
    due: (now: number): Schedule[] =>
      db
        .sql("SELECT * FROM schedules WHERE next_at <= ? ORDER BY next_at LIMIT 1000")
        .all(now)
        .map((row) => toSchedule(row) as Schedule),
    nextAt: (): number | null =>
      db.sql("SELECT min(next_at) AS at FROM schedules").get()?.at as number | null,
    list: (module: string | undefined): Schedule[] =>
      (module === undefined
        ? db.sql("SELECT * FROM schedules ORDER BY module, id").all()
        : db.sql("SELECT * FROM schedules WHERE module = ? ORDER BY id").all(module)
      ).map((row) => toSchedule(row) as Schedule),
    /** Puts patterns whose next time lies beyond what it is when counted from now, as after the clock was wrong, to that. */
    replan(now: number, following: (schedule: Schedule) => number | null) {
      const rows = db.sql("SELECT * FROM schedules WHERE cron IS NOT NULL AND next_at > ?").all(now);
      for (const row of rows) {
        const schedule = toSchedule(row) as Schedule;
        const next = following(schedule);
        if (next === null || next >= (schedule.nextAt as number)) continue;
        db.sql("UPDATE schedules SET next_at = ? WHERE module = ? AND id = ?").run(
          next,
          schedule.module,
          schedule.id,
        );
      }
    },
    failed: ({ module, id }: Schedule, error: string) =>
      db.sql("UPDATE schedules SET last_error = ? WHERE module = ? AND id = ?").run(error, module, id),
    /** The modules that have a schedule of an id. */
    modulesWith: (id: string): string[] =>
      db
        .sql("SELECT module FROM schedules WHERE id = ? ORDER BY module")
        .all(id)
        .map((row) => String(row.module)),
    /** A schedule that was replaced meanwhile is left as it is. */
    ran: ({ module, id, madeAt }: Schedule, at: number, nextAt: number | null, error: string | null) =>
      db
        .sql(
          "UPDATE schedules SET last_at = ?, next_at = ?, last_error = ? WHERE module = ? AND id = ? AND made_at = ?",
        )
        .run(at, nextAt, error, module, id, madeAt),
    delete: (module: string, id: string): boolean =>
      db.sql("DELETE FROM schedules WHERE module = ? AND id = ?").run(module, id).changes > 0,
    deleteAll: (module: string) => db.sql("DELETE FROM schedules WHERE module = ?").run(module),
    durable: () => db.durable(),
  };
}
export type ScheduleTable = ReturnType<typeof createScheduleTable>;

function toSchedule(row: Row | undefined): Schedule | undefined {
  if (!row) return undefined;
  return {
    id: String(row.id),
    module: String(row.module),
    cron: row.cron as string | null,
    timeZone: row.time_zone as string | null,
    function: String(row.function),
    payload: JSON.parse(String(row.payload)) as JsonValue,
    missed: row.missed as Missed,
    nextAt: row.next_at as number | null,
    lastAt: row.last_at as number | null,
    lastError: row.last_error as string | null,
    madeAt: row.made_at as number,
    tainted: row.tainted === 1,
  };
}
