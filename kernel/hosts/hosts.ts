import {
  type Caller,
  type Database,
  fromErrorData,
  fromModule,
  type Host,
  type JsonValue,
  type Logger,
  type Migration,
  type Reply,
  type Span,
} from "#contract";
import type { Home } from "../home/index.ts";
import type { Journal } from "../journal/index.ts";
import type { Live } from "../live/index.ts";
import type { Mailbox } from "../mailbox/index.ts";
import type { ModuleRecords, Registry, States } from "../modules/index.ts";
import type { Settings } from "../settings/index.ts";
import { type OpenDatabase, openDatabase } from "../storage/index.ts";

export interface HostParts {
  readonly home: Home;
  readonly db: Database;
  readonly journal: Journal;
  readonly live: Live;
  readonly settings: Settings;
  readonly registry: Registry;
  readonly records: ModuleRecords;
  readonly states: States;
  readonly mailbox: Mailbox;
  readonly logger: (module: string) => Logger;
  readonly now: () => number;
  call(caller: Caller, cap: string, args: JsonValue, span: Span | undefined): Promise<Reply>;
  fill(text: string, host: string, caller: Caller): string;
  degraded(): readonly string[];
  /** Told of every commit to a database of a module's own, with its path. */
  wrote(path: string): void;
}

const EVENTS_MAX = 1000;

/** What each built-in module gets of the kernel. */
export interface Hosts {
  of(module: string): Host;
  close(): void;
}

export function createHosts(parts: HostParts): Hosts {
  const { home, db, journal, live, settings, registry, records, states, mailbox, logger, now } = parts;
  const made = new Map<string, Host>();
  const databases = new Map<string, OpenDatabase>();

  const open = (name: string, migrations: readonly Migration[]): Database => {
    if (!/^[a-z][a-z0-9-]*\.db$/.test(name)) throw new Error(`bad database name ${name}`);
    return databases.getOrInsertComputed(name, () =>
      openDatabase(home.file(name), { migrations, wrote: parts.wrote }),
    );
  };
  const requireModule = (id: string): string => registry.entry(id).folder;

  const make = (id: string): Host => {
    const caller: Caller = { id, tier: "system" };
    return {
      id,
      home: home.path,
      folder: (name) => home.folder(name),
      async call(cap, args, span) {
        const reply = await parts.call(caller, cap, args, span);
        if (!reply.ok) throw fromErrorData(reply.error);
        return reply.result as JsonValue;
      },
      post(sender, { to, type, payload, trace, tainted }) {
        const exposed = registry.entry(to).manifest?.exposes_rpc.some((rpc) => rpc.name === type) ?? false;
        const { function: fn, args } = fromModule(sender, type, payload, exposed, trace);
        return mailbox.post(sender, { to, function: fn, payload: args, trace, tainted });
      },
      database: () => db,
      openDatabase: open,
      stateOf(module) {
        requireModule(module);
        return states.get(module);
      },
      folderOf: requireModule,
      toolsOf: (module) => records.get(module)?.config.tools ?? undefined,
      setting: settings.get,
      onSetting: settings.onChange,
      append: (draft) => void journal.append({ ...draft, actor: id }),
      async record(draft) {
        const place = journal.append({ ...draft, actor: id });
        await journal.committed();
        return place;
      },
      events: ({ trace, kind, after = 0 }) => journal.read(after, EVENTS_MAX, { trace, kind }),
      onEvent(kind, listener) {
        let after = journal.lastSeq();
        return journal.subscribe(() => {
          // Moved before reading: a listener that appends brings the next batch in here before this one is done.
          const [from, upto] = [after, journal.lastSeq()];
          after = upto;
          for (const event of journal.read(from, EVENTS_MAX, { kind })) {
            if (event.seq <= upto) listener(event);
          }
        });
      },
      degraded: parts.degraded,
      live: live.tell,
      onLive: live.listen,
      fill: (text, host) => parts.fill(text, host, caller),
      log: logger(id),
      now,
    };
  };
  return {
    of: (module) => made.getOrInsertComputed(module, make),
    close() {
      for (const database of databases.values()) database.close();
    },
  };
}
