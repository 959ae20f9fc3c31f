import { hash, randomBytes } from "node:crypto";
import {
  CAPABILITIES,
  type Caller,
  type Capability,
  canonicalJson,
  describeIssue,
  FieldworkError,
  type JsonValue,
  type Provider,
  type Reply,
  type Span,
  succeed,
  TIERS,
  toErrorData,
} from "#contract";
import type { Approvals } from "../approvals/index.ts";
import type { Grants } from "../grants/index.ts";
import type { Journal } from "../journal/index.ts";
import type { Turn } from "../turns/index.ts";
import { type ConsentOptions, createConsent } from "./consent.ts";
import { type CallPlace, createContext } from "./context.ts";
import { createRateLimits } from "./rate-limits.ts";
import { allowedInSafeMode } from "./safe-mode.ts";

export interface CounterOptions {
  readonly grants: Grants;
  readonly journal: Journal;
  readonly approvals: Approvals;
  readonly place: CallPlace;
  readonly now: () => number;
  readonly safeMode: () => boolean;
  readonly policy: ConsentOptions["policy"];
  readonly rate: () => { readonly perSecond: number; readonly burst: number };
}

export interface CallOptions extends Partial<Span> {
  readonly signal?: AbortSignal | undefined;
  /** The handling this call belongs to. */
  readonly turn?: Turn | undefined;
  /** Told right before an effect begins that must not happen twice. */
  readonly onBegin?: (() => void) | undefined;
  /** Told when the call begins and ends to wait for a person. */
  readonly onWaiting?: ((waiting: boolean) => void) | undefined;
}

/** A provider and the id of the module it belongs to. */
export interface Offer {
  readonly module: string;
  readonly provider: Provider;
}

/**
 * The one counter. `call` never throws: it identifies, looks up, checks the grant and the limits, waits for approval where the
 * policy wants a person, routes, records with a receipt, and replies.
 */
export interface Counter {
  call(caller: Caller, cap: string, args: unknown, options?: CallOptions): Promise<Reply>;
  offer(offer: Offer): void;
  /** Does the same call again do no harm? */
  repeatable(cap: string, args: unknown): boolean;
  providers(): Readonly<Record<string, string>>;
}

/** Effects that reach beyond this machine's own data: begun is written before they run, so that a crash leaves a trace. */
const OUTSIDE: ReadonlySet<string> = new Set(["network", "exec", "message", "money"]);
const QUIET: ReadonlySet<string> = new Set(["none", "read"]);
const ARGS_MAX_CHARS = 24 * 1024 * 1024;

/** A call under way under an owner's grant, so that it can be stopped when the grant is taken. */
interface UnderWay {
  readonly capability: Capability;
  readonly targets: readonly string[];
  readonly abort: AbortController;
}

export function createCounter(options: CounterOptions): Counter {
  const { grants, journal, now } = options;
  const offers = new Map<string, Offer>();
  const limits = createRateLimits(options.rate, now);
  const consent = createConsent(options);
  const underWay = new Map<string, Set<UnderWay>>();

  grants.onTake((module, capability) => {
    for (const call of underWay.get(module) ?? []) {
      if (call.capability.name !== capability) continue;
      const lost = call.targets.find((target) => !grants.covers(module, call.capability, target));
      if (lost !== undefined) call.abort.abort(missing(module, call.capability, lost));
    }
  });

  const counter: Counter = {
    async call(caller, cap, args, callOptions = {}) {
      const trace = callOptions.trace ?? newTrace();
      const span = newSpan();
      const begun = performance.now();
      const capability = CAPABILITIES.get(cap);
      if (!capability) {
        const code = "unknown_capability";
        return denied(
          caller,
          cap,
          trace,
          span,
          callOptions.span,
          new FieldworkError(code, `There is no capability ${cap.slice(0, 128)}.`),
        );
      }
      let argsHash = "";
      let passed = false;
      try {
        const offer = offers.get(cap);
        if (!offer) throw new FieldworkError("unavailable", `Nobody provides ${cap}.`);
        if (options.safeMode() && !allowedInSafeMode(capability)) {
          throw new FieldworkError("safe_mode", `${cap} is not allowed in safe mode.`);
        }
        limits.take(caller);
        const parsed = capability.input.safeParse(args ?? {});
        if (!parsed.success) throw invalidInput(cap, parsed.error.issues);
        let input = parsed.data as JsonValue;
        const abort = new AbortControllerLazily(callOptions.signal);
        const context = createContext(
          { caller, trace, span, abort, turn: callOptions.turn, onWaiting: callOptions.onWaiting },
          capability,
          offer.module,
          options.place,
          grants,
          (inner, innerArgs, innerCaller) =>
            counter.call(innerCaller, inner, innerArgs, {
              trace,
              span,
              signal: abort.signal,
              turn: callOptions.turn,
              onWaiting: callOptions.onWaiting,
            }),
        );

        let targets: readonly string[] = NO_TARGETS;
        let decisive: readonly string[] | undefined;
        if (offer.provider.targets) {
          const found = await offer.provider.targets(input, context);
          targets = found.targets;
          decisive = found.decisive;
          input = found.args as JsonValue;
        }
        const free = offer.provider.targets !== undefined && targets.length === 0;
        checkGrant(caller, capability, targets, free);
        passed = true;

        const argsText = canonicalJson(input);
        if (argsText.length > ARGS_MAX_CHARS)
          throw new FieldworkError("too_large", `The arguments of ${cap} are too large.`);
        argsHash = hash("sha256", argsText);
        await consent({
          caller,
          capability,
          targets,
          decisive: decisive ?? targets,
          args: input,
          argsHash,
          trace,
          turn: callOptions.turn,
          signal: () => abort.signal,
          onWaiting: callOptions.onWaiting,
        });
        if (!mayRepeat(offer.provider, input)) callOptions.onBegin?.();

        if (OUTSIDE.has(capability.effect)) {
          journal.append({
            kind: "effect.begun",
            actor: caller.id,
            subject: cap,
            data: { args: argsHash, targets },
            trace,
            span,
            parent: callOptions.span ?? null,
          });
          await journal.committed();
        }
        const result = await run(caller, capability, offer.provider, input, targets, free, context, abort);
        const output = capability.output.safeParse(result);
        if (!output.success) {
          throw new FieldworkError(
            "internal",
            `${offer.module} answered ${cap} with something its schema does not allow: ${output.error.issues.map(describeIssue).join("; ")}`,
          );
        }
        const data = output.data as JsonValue;
        const place = journal.append({
          kind: "capability.called",
          actor: caller.id,
          subject: cap,
          data: {
            ok: true,
            args: argsHash,
            result: hash("sha256", canonicalJson(data)),
            ms: round(performance.now() - begun),
          },
          trace,
          span,
          parent: callOptions.span ?? null,
        });
        if (!QUIET.has(capability.effect)) await journal.committed();
        void place;
        return succeed(data);
      } catch (thrown) {
        if (!passed) return denied(caller, cap, trace, span, callOptions.span, thrown);
        return failed(caller, capability, trace, span, callOptions.span, argsHash, begun, thrown);
      }
    },
    offer(offer) {
      const { name } = offer.provider.capability;
      const known = offers.get(name);
      if (known) throw new Error(`${name} is provided by ${known.module} and by ${offer.module}`);
      offers.set(name, offer);
    },
    repeatable(cap, args) {
      const offer = offers.get(cap);
      const parsed = offer?.provider.capability.input.safeParse(args ?? {});
      return (
        offer !== undefined && parsed?.success === true && mayRepeat(offer.provider, parsed.data as JsonValue)
      );
    },
    providers: () => Object.fromEntries([...offers].map(([name, { module }]) => [name, module])),
  };
  return counter;

  function checkGrant(
    caller: Caller,
    capability: Capability,
    targets: readonly string[],
    free: boolean,
  ): void {
    const rank = TIERS.indexOf(caller.tier);
    if (capability.grant === "auto") return;
    if (capability.grant === "tier") {
      if (rank >= TIERS.indexOf(capability.tier ?? "owner")) return;
      throw new FieldworkError(
        "denied",
        `${capability.name} belongs to the ${capability.tier}; ${caller.id} may not use it.`,
        {
          remedy: "It cannot be granted to a module.",
          details: { capability: capability.name },
        },
      );
    }
    if (free || rank >= TIERS.indexOf("system")) return;
    if (targets.length === 0) {
      if (!grants.covers(caller.id, capability, undefined)) throw missing(caller.id, capability, undefined);
      return;
    }
    const uncovered = targets.find((target) => !grants.covers(caller.id, capability, target));
    if (uncovered !== undefined) throw missing(caller.id, capability, uncovered);
  }

  async function run(
    caller: Caller,
    capability: Capability,
    provider: Provider,
    input: JsonValue,
    targets: readonly string[],
    free: boolean,
    context: Parameters<Provider["run"]>[1],
    abort: AbortControllerLazily,
  ): Promise<unknown> {
    if (capability.grant !== "owner" || free || caller.tier !== "guest") return provider.run(input, context);
    const call: UnderWay = { capability, targets, abort: abort.controller() };
    const calls = underWay.get(caller.id) ?? new Set();
    underWay.set(caller.id, calls.add(call));
    try {
      const aborted = new Promise<never>((_, reject) => {
        call.abort.signal.addEventListener("abort", () => reject(call.abort.signal.reason), { once: true });
      });
      return await Promise.race([provider.run(input, context), aborted]);
    } finally {
      calls.delete(call);
      if (calls.size === 0) underWay.delete(caller.id);
    }
  }

  function denied(
    caller: Caller,
    cap: string,
    trace: string,
    span: string,
    parent: string | undefined,
    thrown: unknown,
  ): Reply {
    const error = toErrorData(thrown);
    record({
      kind: "effect.denied",
      actor: caller.id,
      subject: cap.slice(0, 128),
      data: { code: error.code, message: error.message.slice(0, 500) },
      trace,
      span,
      parent: parent ?? null,
    });
    return { ok: false, error };
  }

  async function failed(
    caller: Caller,
    capability: Capability,
    trace: string,
    span: string,
    parent: string | undefined,
    argsHash: string,
    begun: number,
    thrown: unknown,
  ): Promise<Reply> {
    const error = toErrorData(thrown);
    record({
      kind: "capability.called",
      actor: caller.id,
      subject: capability.name,
      data: {
        ok: false,
        args: argsHash,
        code: error.code,
        message: error.message.slice(0, 500),
        ms: round(performance.now() - begun),
      },
      trace,
      span,
      parent: parent ?? null,
    });
    if (!QUIET.has(capability.effect)) await journal.committed().catch(() => {});
    return { ok: false, error };
  }

  /** A failure is told to the caller even when the journal cannot take it in. */
  function record(draft: Parameters<Journal["append"]>[0]): void {
    try {
      journal.append(draft);
    } catch {
      // The journal's own failure is shown in health; this reply is an error already.
    }
  }
}

const NO_TARGETS: readonly string[] = [];

const mayRepeat = (provider: Provider, args: JsonValue): boolean =>
  provider.repeatable?.(args) ?? QUIET.has(provider.capability.effect);

const round = (ms: number): number => Math.round(ms * 1000) / 1000;

/** Makes the controller only when somebody wants the signal: most calls never do. */
export class AbortControllerLazily {
  #parent: AbortSignal | undefined;
  #own: AbortController | undefined;
  constructor(parent: AbortSignal | undefined) {
    this.#parent = parent;
  }
  controller(): AbortController {
    if (this.#own) return this.#own;
    const own = new AbortController();
    this.#own = own;
    const parent = this.#parent;
    if (parent?.aborted) own.abort(parent.reason);
    else
      parent?.addEventListener("abort", () => own.abort(parent.reason), { once: true, signal: own.signal });
    return own;
  }
  get signal(): AbortSignal {
    return this.controller().signal;
  }
}

function missing(module: string, capability: Capability, target: string | undefined): FieldworkError {
  const grant = target === undefined ? capability.name : `${capability.name}:${target}`;
  return new FieldworkError("denied", `${module} holds no grant ${grant}.`, {
    remedy: `Ask for it in the manifest; the owner gives it with \`fw grant give ${module} '${grant}'\`.`,
    details: {
      module,
      capability: capability.name,
      ...(target === undefined ? {} : { target }),
      missing_grant: grant,
    },
  });
}

function invalidInput(cap: string, issues: Parameters<typeof describeIssue>[0][]): FieldworkError {
  const problems = issues.slice(0, 20).map(describeIssue);
  return new FieldworkError("invalid_input", `${cap}: ${problems.join("; ")}`.slice(0, 2000), {
    details: { problems },
  });
}

let pool = Buffer.alloc(0);
let poolAt = 0;

function randomHex(bytes: number): string {
  if (poolAt + bytes > pool.length) {
    pool = randomBytes(4096);
    poolAt = 0;
  }
  poolAt += bytes;
  return pool.toString("hex", poolAt - bytes, poolAt);
}

/** Trace and span ids have the lengths of W3C Trace Context: 16 and 8 bytes in hexadecimal. */
export const newTrace = (): string => randomHex(16);
export const newSpan = (): string => randomHex(8);
