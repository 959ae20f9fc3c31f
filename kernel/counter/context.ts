import {
  type Act,
  CAPABILITIES,
  type CallContext,
  type Caller,
  type Capability,
  type Database,
  fromErrorData,
  type Host,
  type JsonValue,
  type Reply,
  TIERS,
} from "#contract";
import type { Grants } from "../grants/index.ts";
import type { Turn } from "../turns/index.ts";
import type { AbortControllerLazily } from "./abort.ts";
import { type ActUnderWay, beginAct } from "./act.ts";

/** Where callers keep their things, and what fills in secrets; given by the kernel. */
export interface CallPlace {
  host(module: string): Host;
  state(caller: Caller): Database;
  workspace(caller: Caller): string;
  fill(text: string, host: string, caller: Caller): string;
}

interface Made {
  readonly caller: Caller;
  readonly trace: string;
  readonly span: string;
  readonly abort: AbortControllerLazily;
  readonly turn: Turn | undefined;
  readonly within: string | undefined;
  readonly onWaiting: ((waiting: boolean) => void) | undefined;
  /** What the call itself is a part of. */
  readonly act: ActUnderWay | undefined;
}

type Call = (cap: string, args: JsonValue, caller: Caller, act: ActUnderWay | undefined) => Promise<Reply>;

export function createContext(
  made: Made,
  capability: Capability,
  module: string,
  place: CallPlace,
  grants: Grants,
  call: Call,
): CallContext {
  return new Context(made, capability, module, place, grants, call);
}

/** A class, since one is made for every call: getters on a prototype cost nothing where they are not used. */
class Context implements CallContext {
  readonly caller: Caller;
  readonly trace: string;
  readonly span: string;
  readonly within: string | undefined;
  readonly #abort: AbortControllerLazily;
  readonly #turn: Turn | undefined;
  readonly #onWaiting: ((waiting: boolean) => void) | undefined;
  readonly #capability: Capability;
  readonly #module: string;
  readonly #place: CallPlace;
  readonly #grants: Grants;
  readonly #call: Call;
  #act: ActUnderWay | undefined;

  constructor(
    made: Made,
    capability: Capability,
    module: string,
    place: CallPlace,
    grants: Grants,
    call: Call,
  ) {
    this.caller = made.caller;
    this.trace = made.trace;
    this.span = made.span;
    this.within = made.within;
    this.#abort = made.abort;
    this.#turn = made.turn;
    this.#onWaiting = made.onWaiting;
    this.#capability = capability;
    this.#module = module;
    this.#place = place;
    this.#grants = grants;
    this.#call = call;
    this.#act = made.act;
  }

  get host(): Host {
    return this.#place.host(this.#module);
  }
  get session(): string | undefined {
    return this.#turn?.session;
  }
  get tainted(): boolean {
    return this.#turn?.tainted() ?? false;
  }
  trust(text: string): void {
    this.#turn?.trust(text);
  }
  taint(): void {
    this.#turn?.taint();
  }
  waiting(on: boolean): void {
    this.#onWaiting?.(on);
  }
  get signal(): AbortSignal {
    return this.#abort.signal;
  }
  get workspace(): string {
    return this.#place.workspace(this.caller);
  }
  state(): Database {
    return this.#place.state(this.caller);
  }
  #named(name: string | undefined): Capability {
    return (name === undefined ? undefined : CAPABILITIES.get(name)) ?? this.#capability;
  }
  allows(target: string, capability?: string): boolean {
    if (TIERS.indexOf(this.caller.tier) >= TIERS.indexOf("system")) return true;
    return this.#grants.covers(this.caller.id, this.#named(capability), target);
  }
  scopes(capability?: string): readonly string[] {
    return this.#grants.scopes(this.caller.id, this.#named(capability).name);
  }
  fill(text: string, host: string): string {
    return this.#place.fill(text, host, this.caller);
  }
  act(act: Act): void {
    this.#act ??= beginAct(act);
  }
  async call(cap: string, args: JsonValue): Promise<JsonValue> {
    const reply = await this.#call(cap, args, this.caller, this.#act);
    if (!reply.ok) throw fromErrorData(reply.error);
    return reply.result as JsonValue;
  }
}
