import { z } from "zod";
import { FieldworkError } from "#contract";
import { type Address, ask, readBody } from "./request.ts";

export interface Readiness {
  readonly ready: boolean;
  /** What the server said, or why it could not be asked. */
  readonly said: string;
  /** What of the core is not as it was sealed, a line each; any of it means safe mode. */
  readonly core: readonly string[];
}

const told = z.object({ degraded: z.array(z.object({ part: z.string(), what: z.string() })).default([]) });

/** Asks `/readyz`, waiting `timeout_ms` at most. */
export async function readiness(server: Address, timeout_ms: number): Promise<Readiness> {
  try {
    const signal = AbortSignal.timeout(timeout_ms);
    const answer = await ask(server, { method: "GET", path: "/readyz", signal });
    const body = await readBody(answer);
    return { ready: answer.statusCode === 200, said: body.slice(0, 2000), core: coreProblems(body) };
  } catch (error) {
    return { ready: false, said: error instanceof FieldworkError ? error.message : String(error), core: [] };
  }
}

function coreProblems(body: string): string[] {
  try {
    const { degraded } = told.parse(JSON.parse(body));
    return degraded.filter(({ part }) => part === "core").map(({ what }) => what);
  } catch {
    return [];
  }
}
