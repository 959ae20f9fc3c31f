import { hash } from "node:crypto";
import {
  CAPABILITIES,
  type CallContext,
  type Caller,
  type Capability,
  FieldworkError,
  type JsonValue,
  type Provider,
  type Reply,
  type Span,
  succeed,
  toErrorData,
} from "#contract";
import type { Approvals } from "../approvals/index.ts";
import type { Grants } from "../grants/index.ts";
import type { Journal } from "../journal/index.ts";
import type { Turn } from "../turns/index.ts";
import { AbortControllerLazily } from "./abort.ts";
import type { ActUnderWay } from "./act.ts";
import { checkGrant, checkScopes } from "./authority.ts";
import { type Asked, createCallLog } from "./call-log.ts";
import { checkConfirmed } from "./confirmed.ts";
import { type ConsentOptions, createConsent } from "./consent.ts";
import { type CallPlace, createContext } from "./context.ts";
import { isQuiet, mayRepeat, reachesOutside } from "./effects.ts";
import { newSpan, newTrace } from "./ids.ts";
import { canonicalText, parseInput, parseOutput } from "./parse.ts";
import { createRateLimits } from "./rate-limits.ts";
import { allowedInSafeMode } from "./safe-mode.ts";
import { createCallsUnderWay, type UnderWay } from "./under-way.ts";

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
  /** The module whose provider asks in the caller's name. */
  readonly within?: string | undefined;
  /** What the call is a part of, where it is asked of a person together with others. */
  readonly act?: ActUnderWay | undefined;
  /** The reply is to carry the call's receipt. */
  readonly receipt?: boolean | undefined;
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
  /** Whether the caller may ask for a capability at all; its targets are judged by a call alone. A denial is written down. */
  permits(caller: Caller, cap: string): Reply;
  offer(offer: Offer): void;
  /** Does the same call again do no harm? */
  repeatable(cap: string, args: unknown): boolean;
  providers(): Readonly<Record<string, string>>;
}

const ARGS_MAX_CHARS = 8 * 1024 * 1024;
const NO_TARGETS: readonly string[] = [];

/** A call that passed every check, before a person may be asked. */
interface Admitted {
  readonly offer: Offer;
  readonly context: CallContext;
  readonly input: JsonValue;
  readonly targets: readonly string[];
  /** What it is judged by when the turn is tainted. */
  readonly decisive: readonly string[];
  readonly argsHash: string;
  /** Where it runs under a module's grant. */
  readonly underGrant: UnderWay | undefined;
}

export function createCounter(options: CounterOptions): Counter {
  const { grants, journal, now } = options;
  const offers = new Map<string, Offer>();
  const limits = createRateLimits(options.rate, now);
  const consent = createConsent(options);
  const underWay = createCallsUnderWay(grants);
  const log = createCallLog(journal);

  const counter: Counter = {
    async call(caller, cap, args, callOptions = {}) {
      const asked: Asked = {
        caller,
        cap,
        trace: callOptions.trace ?? newTrace(),
        span: newSpan(),
        parent: callOptions.span,
        at: performance.now(),
      };
      const refused = limits.take(caller);
      if (refused) {
        if (refused.first) return log.denied(asked, refused.error);
        return { ok: false, error: toErrorData(refused.error) };
      }
      const capability = CAPABILITIES.get(cap);
      if (!capability) return log.denied(asked, unknownCapability(cap));
      const abort = new AbortControllerLazily(callOptions.signal);
      let admitted: Admitted | undefined;
      try {
        admitted = await admit(asked, capability, args, callOptions, abort);
        return await carryOut(asked, capability, admitted, callOptions, abort);
      } catch (thrown) {
        if (capability.unrecorded) return { ok: false, error: toErrorData(thrown) };
        if (!admitted) return log.denied(asked, thrown);
        return log.failed(asked, capability, admitted.argsHash, thrown);
      } finally {
        if (admitted?.underGrant) underWay.end(admitted.underGrant);
        abort.release();
      }
    },
    permits(caller, cap) {
      try {
        const capability = CAPABILITIES.get(cap);
        if (!capability) throw unknownCapability(cap);
        checkScopes(caller, capability);
        checkGrant(grants, caller, capability, NO_TARGETS, false);
        return succeed({});
      } catch (thrown) {
        const asked = { caller, cap, trace: newTrace(), span: newSpan(), parent: undefined, at: 0 };
        return log.denied(asked, thrown);
      }
    },
    offer(offer) {
      const { name, scope } = offer.provider.capability;
      if (scope && !offer.provider.targets)
        throw new Error(`${name} has a scope, so ${offer.module} must say what it is compared with`);
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

  /** From the look-up to the grant. From its last check on, the call is stopped when the grant is taken. */
  async function admit(
    { caller, trace, span }: Asked,
    capability: Capability,
    args: unknown,
    callOptions: CallOptions,
    abort: AbortControllerLazily,
  ): Promise<Admitted> {
    const { name } = capability;
    checkScopes(caller, capability);
    const offer = offers.get(name);
    if (!offer) throw new FieldworkError("unavailable", `Nobody provides ${name}.`);
    checkSafeMode(capability);
    let input = parseInput(capability, args);
    const { turn, within, act, onWaiting } = callOptions;
    const context = createContext(
      { caller, trace, span, abort, turn, within, act, onWaiting },
      capability,
      offer.module,
      options.place,
      grants,
      (inner, innerArgs, innerCaller, innerAct) =>
        counter.call(innerCaller, inner, innerArgs, {
          trace,
          span,
          signal: abort.signal,
          turn,
          within: offer.module,
          act: innerAct,
          onWaiting,
        }),
    );
    let targets = NO_TARGETS;
    let decisive: readonly string[] | undefined;
    if (offer.provider.targets) {
      const found = await offer.provider.targets(input, context);
      targets = found.targets;
      decisive = found.decisive;
      input = found.args as JsonValue;
    }
    const free = offer.provider.targets !== undefined && targets.length === 0;
    checkGrant(grants, caller, capability, targets, free);
    if (!free) checkConfirmed(caller, capability, input, now());
    const argsText = canonicalText(input, `The arguments of ${name}`);
    if (argsText.length > ARGS_MAX_CHARS)
      throw new FieldworkError("too_large", `The arguments of ${name} are too large.`);
    const underGrant =
      capability.grant === "owner" && !free && caller.tier === "guest"
        ? underWay.begin({ module: caller.id, capability, targets, abort: abort.controller() })
        : undefined;
    return {
      offer,
      context,
      input,
      targets,
      decisive: decisive ?? targets,
      argsHash: capability.confidential ? "" : hash("sha256", argsText),
      underGrant,
    };
  }

  /** From the person who may be asked to the reply. */
  async function carryOut(
    asked: Asked,
    capability: Capability,
    { offer, context, input, targets, decisive, argsHash, underGrant }: Admitted,
    { turn, act, onWaiting, onBegin, receipt: withReceipt }: CallOptions,
    abort: AbortControllerLazily,
  ): Promise<Reply> {
    const { caller, trace } = asked;
    await consent({
      caller,
      capability,
      targets,
      decisive,
      args: input,
      argsHash,
      trace,
      turn,
      act,
      signal: () => abort.signal,
      onWaiting,
    });
    if (!mayRepeat(offer.provider, input)) onBegin?.();
    if (reachesOutside(capability)) await log.begun(asked, argsHash, targets);
    // A person may have taken a day to answer.
    checkSafeMode(capability);
    abort.throwIfAborted();
    const running = offer.provider.run(input, context);
    const result = await (underGrant ? Promise.race([running, underGrant.taken]) : running);
    const output = parseOutput(capability, offer.module, result);
    if (capability.unrecorded) return { ok: true, result: output };
    const resultHash = hash("sha256", canonicalText(output, `The result of ${capability.name}`));
    const receipt = log.done(asked, argsHash, resultHash);
    if (!isQuiet(capability)) {
      if (caller.tier === "owner") log.ownerActed(asked, input);
      await journal.committed();
    }
    return withReceipt ? { ok: true, result: output, receipt } : { ok: true, result: output };
  }

  function checkSafeMode(capability: Capability): void {
    if (options.safeMode() && !allowedInSafeMode(capability))
      throw new FieldworkError("safe_mode", `${capability.name} is not allowed in safe mode.`);
  }
}

const unknownCapability = (cap: string): FieldworkError =>
  new FieldworkError("unknown_capability", `There is no capability ${cap.slice(0, 128)}.`);
