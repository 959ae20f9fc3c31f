import type { ErrorCode, FieldworkError, HealthProblem } from "#contract";

/** How long a failure is shown when nobody asks the model again. */
const SHOWN_MS = 15 * 60_000;
const MODELS_MAX = 256;
/** Failures that say something of the provider, not of what it was asked. */
const OF_PROVIDER: ReadonlySet<ErrorCode> = new Set([
  "model_auth",
  "model_quota",
  "model_overloaded",
  "model_malformed",
  "model_unreachable",
  "timeout",
  "not_found",
]);

interface Failure {
  readonly error: FieldworkError;
  readonly at: number;
}

/** Which models failed when they were last asked. */
export interface Failing {
  failed(model: string, error: FieldworkError): void;
  answered(model: string): void;
  get(model: string): { readonly code: ErrorCode; readonly at: string } | undefined;
  problems(inUse: (model: string) => boolean): HealthProblem[];
}

export function createFailing(now: () => number): Failing {
  const failures = new Map<string, Failure>();
  return {
    failed(model, error) {
      if (!OF_PROVIDER.has(error.code)) return;
      failures.delete(model);
      if (failures.size >= MODELS_MAX) failures.delete(failures.keys().next().value as string);
      failures.set(model, { error, at: now() });
    },
    answered: (model) => void failures.delete(model),
    get(model) {
      const found = failures.get(model);
      return found && { code: found.error.code, at: new Date(found.at).toISOString() };
    },
    problems: (inUse) =>
      [...failures]
        .filter(([model, { at }]) => now() - at < SHOWN_MS && inUse(model))
        .map(([model, { error }]) => ({
          part: `model ${model}`,
          what: `It did not answer when it was last asked: ${error.message.replace(`${model}: `, "").slice(0, 300)}`,
          remedy: error.remedy,
          ...(error.action ? { action: error.action } : {}),
          level: "degraded" as const,
        })),
  };
}
