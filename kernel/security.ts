import type { JsonValue } from "#contract";
import { type Approvals, createApprovals } from "./approvals/index.ts";
import { newSpan } from "./counter/index.ts";
import { createGrants, type Grants } from "./grants/index.ts";
import { createGuardian, createPin, type Guardian } from "./guardian/index.ts";
import type { Home } from "./home/index.ts";
import type { Journal } from "./journal/index.ts";
import { createOwner, type Owner } from "./owner/index.ts";
import type { Settings } from "./settings/index.ts";
import type { OpenDatabase } from "./storage/index.ts";
import { createVault, openKeyRing, type Vault } from "./vault/index.ts";

export interface SecurityOptions {
  readonly home: Home;
  /** The folder whose `contract/` and `kernel/` are sealed. */
  readonly root: string;
  readonly masterKey: string | undefined;
  readonly db: OpenDatabase;
  readonly journal: Journal;
  readonly settings: Settings;
  readonly now: () => number;
  note(kind: string, subject: string, data?: Readonly<Record<string, JsonValue>>): void;
  /** What is opened is closed by these. */
  readonly closers: (() => unknown)[];
}

/** Who the owner is, what was granted and approved, the secrets, and the core's seal. */
export interface Security {
  readonly owner: Owner;
  readonly grants: Grants;
  readonly approvals: Approvals;
  readonly vault: Vault;
  readonly guardian: Guardian;
}

/** Opens it, and looks whether the core is as it was sealed. */
export async function openSecurity(options: SecurityOptions): Promise<Security> {
  const { home, root, masterKey, db, journal, settings, now, note, closers } = options;
  const ring = openKeyRing(home.file("master.key"), masterKey);
  const vault = createVault(db, ring, now, () => guardian.rekey());
  const grants = createGrants(db, now);
  const owner = createOwner(db, now);
  const approvals = createApprovals({
    db,
    now,
    expiresMs: () => settings.get<number>("approvals.expire_hours") * 3_600_000,
    changed: (approval, event) =>
      void journal.append({
        kind: `approval.${event}`,
        actor: event === "asked" ? approval.module : "owner",
        subject: approval.id,
        data: { module: approval.module, capability: approval.capability, args: approval.args_hash },
        trace: approval.trace,
        span: newSpan(),
      }),
  });
  closers.push(approvals.close);
  const guardian = createGuardian({
    root,
    sealFile: home.file("seal.json"),
    pin: createPin(db),
    keyFile: home.file("seal.key"),
    ring,
    now,
    changed: (safe, problems) =>
      note(safe ? "system.safe_mode" : "system.safe_mode_left", "core", { problems: problems.slice(0, 50) }),
  });
  await guardian.check();
  closers.push(guardian.close);
  return { owner, grants, approvals, vault, guardian };
}
