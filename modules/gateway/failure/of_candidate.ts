import { FieldworkError, type JsonValue } from "#contract";
import type { Answer } from "../answer/answer.ts";
import type { Model } from "../model/model.ts";

const PARTIAL_MAX_CHARS = 16_384;

/** Says of which model a failure is, once; a key that a provider repeats is taken out. */
export function asFailure(thrown: unknown, model: Model, key: () => string | undefined): FieldworkError {
  const error =
    thrown instanceof FieldworkError
      ? thrown
      : new FieldworkError("internal", thrown instanceof Error ? thrown.message : String(thrown), {
          cause: thrown,
        });
  const details = (error.details ?? {}) as Readonly<Record<string, JsonValue>>;
  if (details.model !== undefined || error.code === "cancelled") return error;
  let secret: string | undefined;
  try {
    secret = key();
  } catch {
    return new FieldworkError("model_auth", `${model.name}: its key cannot be read: ${error.message}`, {
      details: { model: model.name },
    });
  }
  const message = secret === undefined ? error.message : error.message.replaceAll(secret, "[key]");
  return new FieldworkError(error.code, `${model.name}: ${message}`, {
    remedy: error.remedy,
    action: error.action,
    details: { ...details, model: model.name },
    cause: error,
  });
}

/** A failure after something was told: with what was said, so that nobody has to guess. */
export function told(error: FieldworkError, answer: Answer): FieldworkError {
  const { content } = answer.done().message;
  const text =
    typeof content === "string"
      ? content
      : content.map((part) => (part.type === "text" ? part.text : "")).join("");
  return new FieldworkError(error.code, `${error.message} The answer broke off in the middle.`, {
    remedy: error.remedy,
    action: error.action,
    details: {
      ...(error.details as Readonly<Record<string, JsonValue>>),
      streamed: true,
      partial: text.slice(0, PARTIAL_MAX_CHARS),
    },
    cause: error,
  });
}
export const wasTold = ({ details }: FieldworkError): boolean =>
  typeof details === "object" && details !== null && "streamed" in details;

/** A conversation that is too long can be mended by the caller, so that is what it hears; else why the first choice failed. */
export function worst(failures: readonly FieldworkError[]): FieldworkError {
  const error =
    failures.find(({ code }) => code === "model_context_overflow") ?? (failures[0] as FieldworkError);
  if (failures.length === 1) return error;
  return new FieldworkError(
    error.code,
    `No candidate answered. ${failures.map((one) => one.message).join(" ")}`,
    {
      remedy: error.remedy,
      action: error.action,
      ...(error.details === undefined ? {} : { details: error.details }),
      cause: error,
    },
  );
}
