/**
 * Every error code, once: its HTTP status, what it means and how to mend it. The first stock of educational errors.
 * @module
 */
import { ACTIONS, type Action } from "./action.ts";
import type { JsonValue } from "./json.ts";

interface ErrorEntry {
  readonly status: number;
  readonly explanation: string;
  readonly remedy: string;
  /** What of it can be done at once, where that is the same whatever it is about. */
  readonly action?: Action;
}

const table = {
  invalid_input: {
    status: 400,
    explanation: "The arguments do not fit the schema of what was called.",
    remedy: "Correct the fields named in the details.",
  },
  unauthenticated: {
    status: 401,
    explanation: "The request carries no valid session or token.",
    remedy: "Sign in, or send the local token from run/token as a bearer token.",
  },
  denied: {
    status: 403,
    explanation: "The caller holds no grant for this capability and target.",
    remedy: "Give the missing grant, or do without it.",
  },
  approval_required: {
    status: 403,
    explanation: "The policy wants a person to approve this call, and nobody has yet.",
    remedy: "Decide it, then repeat the same call.",
    action: ACTIONS.see_approvals(),
  },
  confirmation_required: {
    status: 403,
    explanation: "Whoever is signed in has to prove anew, by password or passkey, to be the owner.",
    remedy: "Confirm it with the password or a passkey, then do it once more.",
  },
  not_found: {
    status: 404,
    explanation: "What was named does not exist.",
    remedy: "Check the name; list what there is.",
  },
  unknown_capability: {
    status: 404,
    explanation: "No capability has this name.",
    remedy: "Look it up among those there are.",
    action: ACTIONS.see_capabilities(),
  },
  conflict: {
    status: 409,
    explanation: "The state of things does not allow this now.",
    remedy: "Read the current state, then decide again.",
  },
  too_large: {
    status: 413,
    explanation: "Something is larger than its limit.",
    remedy: "Send less, or raise the named limit in the settings.",
  },
  rate_limited: {
    status: 429,
    explanation: "Too many calls in too short a time.",
    remedy: "Wait `retry_after_ms`, then go on more slowly.",
  },
  budget_exhausted: {
    status: 402,
    explanation: "The budget is used up.",
    remedy: "Raise the budget in the settings, or wait for the next period.",
    action: ACTIONS.see_settings(),
  },
  unavailable: {
    status: 503,
    explanation: "Nobody provides this at the moment.",
    remedy: "Look what is down, and why.",
    action: ACTIONS.look_at_health(),
  },
  timeout: {
    status: 504,
    explanation: "It took longer than its time limit.",
    remedy: "Do less in one call, or raise `timeout_call_ms`.",
  },
  fuel_exhausted: {
    status: 500,
    explanation: "The call used up its CPU budget.",
    remedy: "Look for an endless loop, or raise `fuel_per_call`.",
  },
  memory_exhausted: {
    status: 500,
    explanation: "The module reached its memory maximum.",
    remedy: "Keep less in memory, or raise `memory_max_mb`.",
  },
  module_crashed: {
    status: 500,
    explanation: "The module ended with an error.",
    remedy: "Read its log in the details and mend the module.",
  },
  module_invalid: {
    status: 422,
    explanation: "The module does not satisfy the contract.",
    remedy: "Mend every problem listed in the details.",
  },
  outcome_unknown: {
    status: 500,
    explanation: "The effect was begun and nobody knows whether it happened.",
    remedy: "Check the outside world before you repeat it.",
  },
  safe_mode: {
    status: 503,
    explanation: "The core's seal does not match, so nothing with an outside effect may run.",
    remedy: "Look what changed; restore it, or seal the core as it is with the owner's password.",
    action: ACTIONS.seal_core(),
  },
  model_auth: {
    status: 502,
    explanation: "The model's provider does not accept the key.",
    remedy: "Set the right key of the provider, in the settings of models.",
    action: ACTIONS.set_model_key(),
  },
  model_quota: {
    status: 402,
    explanation: "The provider's credit or quota is used up.",
    remedy: "Add credit with the provider, or use another model.",
    action: ACTIONS.choose_models(),
  },
  model_overloaded: {
    status: 503,
    explanation: "The provider is overloaded or limits the rate.",
    remedy: "Wait a moment; or add a second candidate, which is asked where the first one fails.",
    action: ACTIONS.choose_models(),
  },
  model_context_overflow: {
    status: 413,
    explanation: "The conversation is longer than the model's context.",
    remedy: "Use a model with a longer context, or begin a new session.",
  },
  model_content_refused: {
    status: 422,
    explanation: "The provider refused the content.",
    remedy: "Say it differently, or use another model.",
  },
  model_malformed: {
    status: 502,
    explanation: "The provider's answer does not follow its own protocol.",
    remedy: "Look at the details; check the base URL and the dialect of the model.",
  },
  model_unreachable: {
    status: 502,
    explanation: "The provider cannot be reached.",
    remedy: "Check the network and the base URL; a test of the model says more.",
    action: ACTIONS.test_model(),
  },
  cancelled: {
    status: 499,
    explanation: "The call was stopped by the one who asked for it.",
    remedy: "Nothing to mend.",
  },
  storage_failed: {
    status: 507,
    explanation: "The data could not be written to disk.",
    remedy: "Free disk space and check the home folder's rights.",
    action: ACTIONS.look_at_health(),
  },
  home_invalid: {
    status: 500,
    explanation: "The home folder cannot be used as it is.",
    remedy: "Do what the message says, then start again.",
  },
  internal: {
    status: 500,
    explanation: "A defect in Fieldwork itself.",
    remedy: "Report it with the trace; the journal has the details.",
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof table;
export const ERRORS: Readonly<Record<ErrorCode, ErrorEntry>> = table;

/** An error as data, the way it crosses every border. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
  readonly action?: Action;
  readonly details?: JsonValue;
}

/** The one error class. Anything else that is thrown becomes `internal`, once, in {@link toErrorData}. */
export class FieldworkError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly action: Action | undefined;
  readonly details: JsonValue | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { remedy?: string; action?: Action | undefined; details?: JsonValue; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "FieldworkError";
    this.code = code;
    this.remedy = more.remedy ?? ERRORS[code].remedy;
    this.action = more.action ?? (more.remedy === undefined ? ERRORS[code].action : undefined);
    this.details = more.details;
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(table, code);
}

/** Any thrown value as an {@link ErrorData}. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof FieldworkError) {
    const { code, message, remedy, action, details } = thrown;
    return {
      code,
      message,
      remedy,
      ...(action === undefined ? {} : { action }),
      ...(details === undefined ? {} : { details }),
    };
  }
  const code = codeOf(thrown);
  const { remedy, action } = ERRORS[code];
  const message = messageOf(thrown).slice(0, 2000);
  return action === undefined ? { code, message, remedy } : { code, message, remedy, action };
}

function messageOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return "something was thrown that cannot be shown";
  }
}

/** SQLITE_FULL (13), SQLITE_IOERR (10) and ENOSPC mean that the disk refused; aborted signals throw their own names. */
function codeOf(thrown: unknown): ErrorCode {
  if (!(thrown instanceof Error)) return "internal";
  if (thrown.name === "AbortError") return "cancelled";
  if (thrown.name === "TimeoutError") return "timeout";
  const { errcode, code } = thrown as Error & { errcode?: number; code?: string };
  const primary = errcode === undefined ? undefined : errcode & 0xff;
  return primary === 13 || primary === 10 || code === "ENOSPC" || code === "EDQUOT"
    ? "storage_failed"
    : "internal";
}

/** An {@link ErrorData} back as something to throw. */
export function fromErrorData(error: ErrorData): FieldworkError {
  const { code, message, remedy, action, details } = error;
  return new FieldworkError(
    code,
    message,
    details === undefined ? { remedy, action } : { remedy, action, details },
  );
}
