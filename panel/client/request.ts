import { t } from "../text/index.ts";
import { withConfirmation } from "./confirmation.ts";
import { offline, type Problem, ProblemError } from "./problem.ts";

type Answer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: Problem };

const signedOut = new Set<() => void>();

/** Told when the server no longer knows this browser. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** A request to the server's own address; the session's cookie goes along by itself. @throws ProblemError */
export const send = (path: string, init: RequestInit = {}): Promise<Response> =>
  withConfirmation(() => sendOnce(path, init));

async function sendOnce(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: "same-origin" });
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown;
    throw offline();
  }
  if (response.ok) return response;
  const answer = (await response.json().catch(() => undefined)) as Answer | undefined;
  const problem: Problem =
    answer && "error" in answer
      ? answer.error
      : { code: "internal", message: t.problems.status(response.status), remedy: t.problems.reload };
  if (problem.code === "unauthenticated") for (const listener of signedOut) listener();
  throw new ProblemError(problem);
}

/** Sends JSON and gives the `result` of the reply. @throws ProblemError */
export async function request<Result>(
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Result> {
  const response = await send(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    ...(signal ? { signal } : {}),
  });
  const answer = (await response.json()) as Answer;
  if (!answer.ok) throw new ProblemError(answer.error);
  return answer.result as Result;
}
