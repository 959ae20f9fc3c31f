import { type Database, FieldworkError, type Migration } from "#contract";

/**
 * Brings a database forward along its ladders. The step reached is kept in the table `ladders`; a file that stands higher
 * than its program knows is refused.
 */
export function migrate(
  database: Database & { exec(text: string): void },
  ladders: Readonly<Record<string, readonly Migration[]>>,
  before: () => void,
): void {
  const names = Object.keys(ladders);
  if (names.length === 0) return;
  database
    .sql("CREATE TABLE IF NOT EXISTS ladders (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID")
    .run();
  const reached = (name: string) =>
    Number(database.sql("SELECT version FROM ladders WHERE name = ?").get(name)?.version ?? 0);

  const due = names.flatMap((name) => {
    const steps = ladders[name] ?? [];
    const at = reached(name);
    const top = steps.at(-1)?.version ?? 0;
    if (at > top) throw newer(database.path, name, at, top);
    return steps.filter((step) => step.version > at).map((step) => ({ name, step }));
  });
  if (due.length === 0) return;
  before();
  for (const { name, step } of due) {
    database.transaction(() => {
      database.exec(step.sql);
      database
        .sql("INSERT INTO ladders VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version")
        .run(name, step.version);
    });
  }
}

function newer(path: string, name: string, at: number, top: number): FieldworkError {
  return new FieldworkError(
    "home_invalid",
    `${path} was written by a newer Fieldwork (${name} ${at}, this program knows ${top}).`,
    { remedy: "Start the newer program again, or go back to the data from before with `fw rollback`." },
  );
}
