import {
  ACTIONS,
  CAPABILITIES,
  type Capability,
  type Database,
  FieldworkError,
  type Grant,
  type Migration,
  parseGrant,
  scopeCovers,
} from "#contract";

export const grantMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE grants (
  module TEXT NOT NULL, capability TEXT NOT NULL, scope TEXT NOT NULL, given_at TEXT NOT NULL,
  PRIMARY KEY (module, capability, scope)) WITHOUT ROWID;
`,
  },
];

export interface GivenGrant extends Grant {
  readonly module: string;
  readonly given_at: string;
}

/** What each module was given. Reads are answered from memory; every change is a row, and in force at the next call. */
export interface Grants {
  list(module?: string): GivenGrant[];
  scopes(module: string, capability: string): readonly string[];
  /** Does a grant cover the target? Without a target, any grant of the capability does. */
  covers(module: string, capability: Capability, target: string | undefined): boolean;
  give(module: string, grants: readonly Grant[]): void;
  take(module: string, grants: readonly Grant[]): number;
  drop(module: string): void;
  /** Told of each module and capability of which something was taken. */
  onTake(listener: (module: string, capability: string) => void): void;
}

const NONE: readonly string[] = [];

export function createGrants(db: Database, now: () => number): Grants {
  const held = new Map<string, Map<string, Set<string>>>();
  const listeners = new Set<(module: string, capability: string) => void>();
  for (const row of db.sql("SELECT module, capability, scope FROM grants").all()) {
    remember(held, String(row.module), String(row.capability), String(row.scope));
  }

  return {
    list(module) {
      const rows = module
        ? db.sql("SELECT * FROM grants WHERE module = ? ORDER BY capability, scope").all(module)
        : db.sql("SELECT * FROM grants ORDER BY module, capability, scope").all();
      return rows as unknown as GivenGrant[];
    },
    scopes: (module, capability) => [...(held.get(module)?.get(capability) ?? NONE)],
    covers(module, capability, target) {
      const scopes = held.get(module)?.get(capability.name);
      if (!scopes || scopes.size === 0) return false;
      if (target === undefined || !capability.scope) return true;
      for (const scope of scopes) if (scopeCovers(capability.scope, scope, target)) return true;
      return false;
    },
    give(module, grants) {
      const at = new Date(now()).toISOString();
      db.transaction(() => {
        for (const { capability, scope } of grants) {
          db.sql("INSERT OR IGNORE INTO grants VALUES (?, ?, ?, ?)").run(module, capability, scope, at);
        }
      });
      for (const { capability, scope } of grants) remember(held, module, capability, scope);
    },
    take(module, grants) {
      const remove = db.sql("DELETE FROM grants WHERE module = ? AND capability = ? AND scope = ?");
      const taken = db.transaction(() =>
        grants.reduce((sum, { capability, scope }) => sum + remove.run(module, capability, scope).changes, 0),
      );
      for (const { capability, scope } of grants) held.get(module)?.get(capability)?.delete(scope);
      for (const capability of new Set(grants.map((grant) => grant.capability))) {
        for (const listener of listeners) listener(module, capability);
      }
      return taken;
    },
    drop(module) {
      const capabilities = [...(held.get(module)?.keys() ?? [])];
      db.sql("DELETE FROM grants WHERE module = ?").run(module);
      held.delete(module);
      for (const capability of capabilities) for (const listener of listeners) listener(module, capability);
    },
    onTake(listener) {
      listeners.add(listener);
    },
  };
}

function remember(
  held: Map<string, Map<string, Set<string>>>,
  module: string,
  capability: string,
  scope: string,
): void {
  const ofModule = held.getOrInsertComputed(module, () => new Map<string, Set<string>>());
  ofModule.getOrInsertComputed(capability, () => new Set<string>()).add(scope);
}

const names = (capability: string): readonly string[] =>
  capability.endsWith(".*")
    ? [...CAPABILITIES.values()]
        .filter((one) => one.name.startsWith(capability.slice(0, -1)) && one.grant !== "tier")
        .map((one) => one.name)
    : [capability].filter((name) => CAPABILITIES.has(name));

/** Whether there is here what a text names; what a module merely could use may belong to another version. */
export const existsHere = (text: string): boolean =>
  parseGrant(text).every(({ capability }) => names(capability).length > 0);

/**
 * The grants a text stands for, families (`fs.*`) written out.
 * @throws FieldworkError `invalid_input` for a capability that does not exist or that no module may be given, or an empty scope.
 */
export function readGrant(text: string): readonly Grant[] {
  return parseGrant(text).flatMap(({ capability, scope }) => {
    if (scope === "") {
      throw new FieldworkError("invalid_input", `The scope of ${text} is empty.`, {
        remedy: `Name what it may reach, or leave the colon out to leave it unlimited.`,
      });
    }
    const found = names(capability);
    if (found.length === 0) {
      throw new FieldworkError("invalid_input", `There is no capability ${capability}.`, {
        remedy: "Look it up among those there are.",
        action: ACTIONS.see_capabilities(),
      });
    }
    const known = CAPABILITIES.get(found[0] as string);
    if (known?.grant === "tier") {
      throw new FieldworkError(
        "invalid_input",
        `${capability} belongs to the ${known.tier}; it cannot be given to a module.`,
      );
    }
    return found.map((name) => ({ capability: name, scope }));
  });
}
