import { randomUUID } from "node:crypto";
import { Cron } from "croner";
import { type Database, FieldworkError, type JsonValue, type Migration, type Row } from "#contract";

export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE schedules (
  id TEXT NOT NULL, module TEXT NOT NULL, cron TEXT, time_zone TEXT, function TEXT NOT NULL, payload TEXT NOT NULL, missed TEXT NOT NULL,
  next_at INTEGER, last_at INTEGER, last_error TEXT, PRIMARY KEY (module, id)) WITHOUT ROWID;
CREATE INDEX schedules_next ON schedules (next_at) WHERE next_at IS NOT NULL;
`,
  },
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
}

const SCHEDULES_MAX_OF_MODULE = 1000;

/** The next time of a cron pattern after a moment. @throws FieldworkError `invalid_input` */
export function nextRun(cron: string, timeZone: string, after: number): number | null {
  try {
    return (
      new Cron(cron, { timezone: timeZone, mode: "5-or-6-parts" }).nextRun(new Date(after))?.getTime() ?? null
    );
  } catch (error) {
    throw new FieldworkError(
      "invalid_input",
      `The schedule "${cron}" (${timeZone}) cannot be read: ${(error as Error).message}`,
      {
        remedy:
          "Write five or six fields (seconds first where there are six), and a time zone such as Europe/Berlin.",
      },
    );
  }
}

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
      db.sql(
        "INSERT INTO schedules VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL) ON CONFLICT (module, id) DO UPDATE SET cron = excluded.cron, time_zone = excluded.time_zone, function = excluded.function, payload = excluded.payload, missed = excluded.missed, next_at = excluded.next_at",
      ).run(
        id,
        schedule.module,
        schedule.cron,
        schedule.timeZone,
        schedule.function,
        JSON.stringify(schedule.payload),
        schedule.missed,
        schedule.nextAt,
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
    ran: ({ module, id }: Schedule, at: number, nextAt: number | null, error: string | null) =>
      db
        .sql("UPDATE schedules SET last_at = ?, next_at = ?, last_error = ? WHERE module = ? AND id = ?")
        .run(at, nextAt, error, module, id),
    delete: (module: string | undefined, id: string): boolean =>
      (module === undefined
        ? db.sql("DELETE FROM schedules WHERE id = ?").run(id)
        : db.sql("DELETE FROM schedules WHERE module = ? AND id = ?").run(module, id)
      ).changes > 0,
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
  };
}
