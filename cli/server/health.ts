import { FieldworkError } from "#contract";
import { type Address, ask, readBody } from "./request.ts";

export interface Readiness {
  readonly ready: boolean;
  /** What the server said, or why it could not be asked. */
  readonly said: string;
}

/** Asks `/readyz`, waiting `timeout_ms` at most. */
export async function readiness(server: Address, timeout_ms: number): Promise<Readiness> {
  try {
    const signal = AbortSignal.timeout(timeout_ms);
    const answer = await ask(server, { method: "GET", path: "/readyz", signal });
    return { ready: answer.statusCode === 200, said: (await readBody(answer)).slice(0, 2000) };
  } catch (error) {
    return { ready: false, said: error instanceof FieldworkError ? error.message : String(error) };
  }
}
