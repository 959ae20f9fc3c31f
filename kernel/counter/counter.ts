import { hash } from "node:crypto";
import {
  CAPABILITIES,
  type Caller,
  type Capability,
  canonicalJson,
  describeIssue,
  FieldworkError,
  type JsonValue,
  type Provider,
  type Receipt,
  type Reply,
  type Span,
  scopesCover,
  succeed,
  TIERS,
  toErrorData,
} from "#contract";
import type { Approvals } from "../approvals/index.ts";
import type { Grants } from "../grants/index.ts";
import type { Journal } from "../journal/index.ts";
import type { Turn } from "../turns/index.ts";
import { AbortControllerLazily } from "./abort.ts";
import { actedOn } from "./acted.ts";
import { type ConsentOptions, createConsent } from "./consent.ts";
import { type CallPlace, createContext } from "./context.ts";
import { newSpan, newTrace } from "./ids.ts";
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
  /** The module whose provider asks in the caller's name. */
  readonly within?: string | undefined;
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

/** Effects that reach beyond this machine's own data: begun is written before they run, so that a crash leaves a trace. */
const OUTSIDE: ReadonlySet<string> = new Set(["network", "exec", "message", "money"]);
const QUIET: ReadonlySet<string> = new Set(["none", "read"]);
const ARGS_MAX_CHARS = 8 * 1024 * 1024;

/** A call under an owner's grant, from the check on, so that it is stopped when the grant is taken. */
interface UnderWay {
  readonly capability: Capability;
  readonly targets: readonly string[];
  readonly abort: AbortController;
  /** Rejects when the grant is taken, or the caller stops waiting. */
  readonly taken: Promise<never>;
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
      const targets = call.targets.length === 0 ? [undefined] : call.targets;
      for (const target of targets) {
        if (grants.covers(module, call.capability, target)) continue;
        call.abort.abort(missing(module, call.capability, target));
        break;
      }
    }
  });

  const counter: Counter = {
    async call(caller, cap, args, callOptions = {}) {
      const trace = callOptions.trace ?? newTrace();
      const span = newSpan();
      const begun = performance.now();
      const refused = limits.take(caller);
      if (refused) {
        if (refused.first) return denied(caller, cap, trace, span, callOptions.span, refused.error);
        return { ok: false, error: toErrorData(refused.error) };
      }
      const capability = CAPABILITIES.get(cap);
      if (!capability) {
        const error = new FieldworkError(
          "unknown_capability",
          `There is no capability ${cap.slice(0, 128)}.`,
        );
        return denied(caller, cap, trace, span, callOptions.span, error);
      }
      let argsHash = "";
      let passed = false;
      const abort = new AbortControllerLazily(callOptions.signal);
      let underGrant: UnderWay | undefined;
      try {
        checkScopes(caller, capability);
        const offer = offers.get(cap);
        if (!offer) throw new FieldworkError("unavailable", `Nobody provides ${cap}.`);
        checkSafeMode(capability);
        const parsed = capability.input.safeParse(args ?? {});
        if (!parsed.success) throw invalidInput(cap, parsed.error.issues);
        let input = parsed.data as JsonValue;
        const context = createContext(
          {
            caller,
            trace,
            span,
            abort,
            turn: callOptions.turn,
            within: callOptions.within,
            onWaiting: callOptions.onWaiting,
          },
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
              within: offer.module,
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
        const argsText = textOf(input, `The arguments of ${cap}`);
        if (argsText.length > ARGS_MAX_CHARS)
          throw new FieldworkError("too_large", `The arguments of ${cap} are too large.`);
        argsHash = capability.confidential ? "" : hash("sha256", argsText);
        passed = true;
        if (capability.grant === "owner" && !free && caller.tier === "guest")
          underGrant = watchGrant(caller, capability, targets, abort.controller());
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
        checkSafeMode(capability);
        abort.throwIfAborted();
        const running = offer.provider.run(input, context);
        const result = await (underGrant ? Promise.race([running, underGrant.taken]) : running);
        const output = capability.output.safeParse(result);
        if (!output.success) {
          throw new FieldworkError(
            "internal",
            `${offer.module} answered ${cap} with something its schema does not allow: ${output.error.issues.map(describeIssue).join("; ")}`,
          );
        }
        const data = output.data as JsonValue;
        if (capability.unrecorded) return { ok: true, result: data };
        const resultHash = hash("sha256", textOf(data, `The result of ${cap}`));
        const place = journal.append({
          kind: "capability.called",
          actor: caller.id,
          subject: cap,
          data: {
            ok: true,
            args: argsHash,
            result: resultHash,
            ms: round(performance.now() - begun),
          },
          trace,
          span,
          parent: callOptions.span ?? null,
        });
        if (caller.tier === "owner" && !QUIET.has(capability.effect))
          journal.append({
            kind: "owner.acted",
            actor: caller.id,
            subject: cap,
            data: actedOn(cap, input),
            trace,
            span,
            parent: callOptions.span ?? null,
          });
        if (!QUIET.has(capability.effect)) await journal.committed();
        if (!callOptions.receipt) return { ok: true, result: data };
        const receipt: Receipt = { ...place, args_hash: argsHash, result_hash: resultHash };
        return { ok: true, result: data, receipt };
      } catch (thrown) {
        if (capability.unrecorded) return { ok: false, error: toErrorData(thrown) };
        if (!passed) return denied(caller, cap, trace, span, callOptions.span, thrown);
        return failed(caller, capability, trace, span, callOptions.span, argsHash, begun, thrown);
      } finally {
        if (underGrant) unwatchGrant(caller, underGrant);
        abort.release();
      }
    },
    permits(caller, cap) {
      try {
        const capability = CAPABILITIES.get(cap);
        if (!capability) throw new FieldworkError("unknown_capability", `There is no capability ${cap}.`);
        checkScopes(caller, capability);
        checkGrant(caller, capability, NO_TARGETS, false);
        return succeed({});
      } catch (thrown) {
        return denied(caller, cap, newTrace(), newSpan(), undefined, thrown);
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

  /** A token holds less than the one who made it, whatever its tier. */
  function checkScopes({ id, login }: Caller, capability: Capability): void {
    if (login?.scopes === undefined || scopesCover(login.scopes, capability)) return;
    throw new FieldworkError("denied", `${id} holds no scope for ${capability.name}.`, {
      remedy: `Make a token that holds it: fw token add NAME --scope ${capability.name}`,
      details: { capability: capability.name, missing_scope: capability.name },
    });
  }

  function checkSafeMode(capability: Capability): void {
    if (options.safeMode() && !allowedInSafeMode(capability))
      throw new FieldworkError("safe_mode", `${capability.name} is not allowed in safe mode.`);
  }

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

  function watchGrant(
    caller: Caller,
    capability: Capability,
    targets: readonly string[],
    abort: AbortController,
  ): UnderWay {
    const taken = new Promise<never>((_, reject) => {
      const lost = () => reject(abort.signal.reason);
      if (abort.signal.aborted) lost();
      else abort.signal.addEventListener("abort", lost, { once: true });
    });
    taken.catch(() => {});
    const call: UnderWay = { capability, targets, abort, taken };
    underWay.getOrInsertComputed(caller.id, () => new Set()).add(call);
    return call;
  }

  function unwatchGrant(caller: Caller, call: UnderWay): void {
    const calls = underWay.get(caller.id);
    calls?.delete(call);
    if (calls?.size === 0) underWay.delete(caller.id);
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
  provider.repeatable?.(args) ?? provider.capability.repeatable ?? QUIET.has(provider.capability.effect);

const round = (ms: number): number => Math.round(ms * 1000) / 1000;

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

/** @throws FieldworkError `too_large` for what is nested too deeply to be written down. */
function textOf(value: JsonValue, what: string): string {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new FieldworkError("too_large", `${what}: nested too deeply, or too long.`);
  }
}

function invalidInput(cap: string, issues: Parameters<typeof describeIssue>[0][]): FieldworkError {
  const problems = issues.slice(0, 20).map(describeIssue);
  return new FieldworkError("invalid_input", `${cap}: ${problems.join("; ")}`.slice(0, 2000), {
    details: { problems },
  });
}
