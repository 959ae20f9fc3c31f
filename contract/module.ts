import type { z } from "zod";
import type { ModuleInfo } from "./capabilities/module.ts";
import type { HealthProblem } from "./capabilities/system.ts";
import type { Capability, Tier } from "./capability.ts";
import type { Event, EventDraft } from "./event.ts";
import type { JsonObject, JsonValue } from "./json.ts";

/** A prepared statement; parameters are positional. */
export interface Statement {
  get(...values: readonly SqlValue[]): Row | undefined;
  all(...values: readonly SqlValue[]): Row[];
  run(...values: readonly SqlValue[]): { readonly changes: number };
}
export type SqlValue = string | number | bigint | null | Uint8Array;
export type Row = Readonly<Record<string, SqlValue>>;

/** One SQLite file with one writer. */
export interface Database {
  readonly path: string;
  /** Prepared once per text, then cached. */
  sql(text: string): Statement;
  transaction<T>(body: () => T): T;
  /** Resolves when all that was committed so far is on the disk, not merely with the operating system. */
  durable(): Promise<void>;
}

/** A step forward of a database's form; applied in order, each in a transaction. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export interface Logger {
  debug(text: string, more?: Readonly<Record<string, unknown>>): void;
  info(text: string, more?: Readonly<Record<string, unknown>>): void;
  warn(text: string, more?: Readonly<Record<string, unknown>>): void;
  error(text: string, more?: Readonly<Record<string, unknown>>): void;
}

/** Who calls; stamped by the kernel from where the call arrives. */
export interface Caller {
  /** A module's id, `owner`, or a built-in module's id. */
  readonly id: string;
  readonly tier: Tier;
  /** For the owner's own calls: how it was proved. */
  readonly login?: Login;
}

/** How somebody proved to be the owner, or to act for the owner. */
export interface Login {
  /** `local`: by the local token of the home; `session`: signed in; `token`: by an API token. */
  readonly via: "local" | "session" | "token";
  /** Of the session or token; empty for `local`. */
  readonly id: string;
  /** When the person behind a session proved to be the owner, milliseconds since 1970; of a session alone. */
  readonly proved_at?: number;
  /** All that it may ask for, where it may not ask for everything; see {@link scopesCover}. */
  readonly scopes?: readonly string[];
}

/** The place of a call in its trace. */
export interface Span {
  readonly trace: string;
  readonly span: string;
}

/** What a tool was asked to do. */
export interface Act {
  readonly tool: string;
  readonly args: JsonObject;
  /** The argument that it is judged by. */
  readonly decisive: string;
}

/** What a provider learns of the call it serves. */
export interface CallContext extends Span {
  /** The providing module's own host. */
  readonly host: Host;
  readonly caller: Caller;
  /** Aborted when the caller stops waiting or loses the grant. */
  readonly signal: AbortSignal;
  /** The caller's private database (`state.db` of its folder). */
  state(): Database;
  /** Absolute path of the caller's workspace folder. */
  readonly workspace: string;
  /** The conversation this call serves, where it serves one: stamped by the kernel from the message being handled. */
  readonly session: string | undefined;
  /** The module whose provider makes this call in the caller's name; undefined where the caller asks itself. */
  readonly within: string | undefined;
  /** Has the turn read anything that comes from outside the owner? What is kept now is marked with it. */
  readonly tainted: boolean;
  /** This text was given by the owner in the middle of the turn; what it names is the owner's choice. */
  trust(text: string): void;
  /** What this call gave to the turn comes from outside the owner. */
  taint(): void;
  /** Says that this call begins (and ends) to wait for a person: meanwhile the caller's time limit stands still. */
  waiting(on: boolean): void;
  /** Would the caller's grants of this capability (or another) cover a target? For targets met on the way, such as redirects. */
  allows(target: string, capability?: string): boolean;
  /** The scopes the caller's grants of this capability (or another) carry, for a provider that must know how a target was named. */
  scopes(capability?: string): readonly string[];
  /** Text with `{{secret:NAME}}` handles filled in for a host, by the caller's grants. The result must not go back to the caller. */
  fill(text: string, host: string): string;
  /** Another call in the name of the same caller. */
  call(cap: string, args: JsonValue): Promise<JsonValue>;
  /** From here on those calls are parts of one act: where a person has to be asked of its effects, they are asked once of each kind. */
  act(act: Act): void;
}

/** Serves one capability. */
export interface Provider<C extends Capability = Capability> {
  readonly capability: C;
  /**
   * The canonical targets that grants are compared with, and the arguments with these put in. Needed where the capability has
   * a scope. An empty list of targets needs no grant: nothing foreign is touched.
   */
  targets?(args: z.output<C["input"]>, context: CallContext): Targets<C> | Promise<Targets<C>>;
  /** Decides {@link Capability.repeatable} by the arguments. */
  repeatable?(args: z.output<C["input"]>): boolean;
  run(args: z.output<C["input"]>, context: CallContext): z.input<C["output"]> | Promise<z.input<C["output"]>>;
}
export interface Targets<C extends Capability = Capability> {
  readonly targets: readonly string[];
  /** What an effect in a tainted turn is judged by, where it is more than the targets (a program's arguments, say). */
  readonly decisive?: readonly string[];
  readonly args: z.output<C["input"]>;
}

/** Types a provider by its capability. */
export function provide<C extends Capability>(
  capability: C,
  serve: Omit<Provider<C>, "capability"> | Provider<C>["run"],
): Provider {
  const provider = typeof serve === "function" ? { capability, run: serve } : { ...serve, capability };
  return provider as unknown as Provider;
}

/** All that a built-in module gets. */
export interface Host {
  readonly id: string;
  /** Absolute path of the home folder; no file capability reaches into it but for the caller's workspace and the shared folders. */
  readonly home: string;
  /** Absolute path of a folder of the home that belongs to all modules; made on demand with mode 0700. */
  folder(name: string): string;
  call(cap: string, args: JsonValue, span?: Span): Promise<JsonValue>;
  /** Leaves a message for a module in the name of another: kept with the sender first, delivered even after a restart. Gives its id. */
  post(
    sender: string,
    letter: {
      readonly to: string;
      readonly type: string;
      readonly payload: JsonValue;
      readonly trace: string;
      /** The turn that sends it has read what comes from outside the owner. */
      readonly tainted: boolean;
    },
  ): Promise<string>;
  /** The kernel's database, with this module's migrations applied. */
  database(): Database;
  /** A database file of the module's own in the home, such as `gateway.db`; opened once, closed by the kernel. */
  openDatabase(name: string, migrations: readonly Migration[]): Database;
  /** The private database of another module; only for what acts in its place, such as its mind. */
  stateOf(module: string): Database;
  /** The folder of a module, for reading what its owner wrote there. */
  folderOf(module: string): string;
  /** The tools that the owner chose for a module's prompt; `undefined`: none were chosen. */
  toolsOf(module: string): readonly string[] | undefined;
  /** What of the system does not work just now, a short line each, in words of the system alone: no module wrote any of it. */
  degraded(): readonly string[];
  /** Tells those who listen now; nothing is kept. For deltas of a stream. */
  live(event: LiveEvent): void;
  onLive(listener: (event: LiveEvent) => void): () => void;
  /** Text with `{{secret:NAME}}` handles filled in for a host; for what a trusted module sends out itself. */
  fill(text: string, host: string): string;
  setting(key: string): JsonValue;
  onSetting(key: string, changed: (value: JsonValue) => void): () => void;
  append(draft: Omit<EventDraft, "actor">): void;
  /** As {@link append}, and resolves to its place in the chain when it survives the death of the process: what a receipt names. */
  record(draft: Omit<EventDraft, "actor">): Promise<{ readonly seq: number; readonly hash: string }>;
  /** What the journal holds of a trace, of one kind (`tool.*` for a family), after a sequence number; 1000 at most. */
  events(filter: {
    readonly trace: string;
    readonly kind: string;
    readonly after?: number;
  }): readonly Event[];
  /** Told of each event of a kind after it was written. */
  onEvent(kind: string, listener: (event: Event) => void): () => void;
  readonly log: Logger;
  now(): number;
}

/** Something that happens now and is not kept: deltas of an answer, progress of a tool. */
export interface LiveEvent {
  readonly kind: string;
  readonly agent: string;
  readonly session: string;
  readonly trace: string;
  readonly data: JsonObject;
}

export interface Setting {
  readonly key: string;
  readonly summary: string;
  readonly schema: z.ZodType<JsonValue>;
  readonly initial: JsonValue;
  /** What a number counts: `MiB`, `ms`, `hours`, `USD`. */
  readonly unit?: string;
  /** A change needs a restart. */
  readonly restart?: true;
}

/** What built-in modules tell of a module of the home. */
export type AboutModule = Partial<Pick<ModuleInfo, "sessions" | "model">>;

/**
 * The rows of a query on a database of the home that a backup was restored over, as it was last; none where there was no such home
 * or it cannot be read.
 */
export type Before = (database: string, query: string) => readonly Row[];

/** A built-in module as one value: reading its `index.ts` tells all that it adds. */
export interface ModuleDefinition {
  readonly id: string;
  /** What it is for, in one sentence. */
  readonly summary?: string;
  readonly provides?: readonly Provider[];
  readonly settings?: readonly Setting[];
  readonly migrations?: readonly Migration[];
  /** Tables it keeps in each module's `state.db`; their names begin with this module's id and `_`. */
  readonly stateMigrations?: readonly Migration[];
  /** The owner removed a module of the home: what is kept of it here goes with it. */
  removed?(module: string, host: Host): void;
  /** The owner made a copy of a module, with what it remembers or without. */
  copied?(from: string, to: string, withState: boolean, host: Host): void;
  /**
   * The home was put back from a backup, and nothing was started on it yet: who may come in by what the backup holds ends, unless
   * it could come in right before as well.
   */
  restored?(before: Before, host: Host): void | Promise<void>;
  /** What it knows of a module of the home that its owner would look for there. */
  about?(module: string, host: Host): AboutModule;
  /** What of its own does not work as it should. */
  problems?(host: Host): readonly HealthProblem[];
  /** Begins its work; what it returns stops it. */
  start?(host: Host): void | (() => void | Promise<void>) | Promise<void | (() => void | Promise<void>)>;
}

export const defineModule = (definition: ModuleDefinition): ModuleDefinition => definition;
