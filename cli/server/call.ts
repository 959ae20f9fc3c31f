import { z } from "zod";
import {
  type Action,
  action,
  CAPABILITIES,
  FieldworkError,
  fromErrorData,
  isErrorCode,
  type JsonValue,
  jsonValue,
  toErrorData,
} from "#contract";
import { suggest } from "../command/index.ts";
import { readBody, send } from "./request.ts";
import { requireServer } from "./require.ts";

const reply = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({
      code: z.string(),
      message: z.string(),
      remedy: z.string(),
      action: action.optional(),
      details: jsonValue.optional(),
    }),
  }),
]);

/**
 * Asks the server that runs on a home for a capability. The result is checked against the catalogue's output schema.
 * @throws FieldworkError the error of the reply, or `unavailable`.
 */
export async function callServer<T>(
  home: string,
  capability: string,
  args: JsonValue,
  signal?: AbortSignal,
): Promise<T> {
  const server = await requireServer(home);
  const body = JSON.stringify({ cap: capability, args });
  const answer = await send(home, server, {
    method: "POST",
    path: "/api/call",
    body,
    ...(signal ? { signal } : {}),
  });
  const result = parseReply(await readBody(answer), answer.statusCode ?? 0, capability);
  const output = CAPABILITIES.get(capability)?.output.safeParse(result);
  if (output && !output.success)
    throw strange(`${capability} answered in a form that this fw does not know.`);
  return result as T;
}

/** Reads a Reply. @throws FieldworkError its error, or `unavailable` when it is no Reply at all. */
export function parseReply(text: string, status: number, capability: string): unknown {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw strange(`The server answered ${status} with something that is not JSON.`);
  }
  const parsed = reply.safeParse(raw);
  if (!parsed.success) throw strange(`The server answered ${status} with something that is not a reply.`);
  if (parsed.data.ok) return parsed.data.result;
  throw knownError(parsed.data.error, capability);
}

interface LooseError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly action?: Action | undefined;
  readonly details?: JsonValue | undefined;
}

function knownError(error: LooseError, capability: string): FieldworkError {
  const { code, message, remedy, action: mends, details } = error;
  const meant = code === "unknown_capability" ? suggest(capability, [...CAPABILITIES.keys()]) : undefined;
  return fromErrorData({
    code: isErrorCode(code) ? code : toErrorData(undefined).code,
    message,
    remedy: meant ? `Did you mean ${meant}? ${remedy}` : remedy,
    ...(mends === undefined ? {} : { action: mends }),
    ...(details === undefined ? {} : { details }),
  });
}

const strange = (message: string): FieldworkError =>
  new FieldworkError("unavailable", message, {
    remedy: "Server and command line may be of different versions: `fw restart`, then `fw version`.",
  });
