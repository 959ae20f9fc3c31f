/**
 * A scripted model server in a process of its own, so that it takes no time of what is measured.
 */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type ModelAnswer, startModelServer } from "../tests/model-server/index.ts";

const SERVE = "--serve-model";

/** What it says to everything, in deltas of a few characters. */
export const ANSWER = {
  text: "A short answer of some twenty tokens, as they come from a model that is at work.",
  delta_chars: 8,
};

export interface ScriptedModel {
  readonly url: string;
  readonly port: number;
  end(): void;
}

/** @param answer  what comes beside the text, such as the time before the first byte */
export async function startScriptedModel(answer: ModelAnswer = {}): Promise<ScriptedModel> {
  const child = fork(fileURLToPath(import.meta.url), [SERVE, JSON.stringify({ ...ANSWER, ...answer })]);
  const port = await new Promise<number>((resolve) =>
    child.once("message", (message) => resolve((message as { port: number }).port)),
  );
  return { url: `http://127.0.0.1:${port}`, port, end: () => void child.kill() };
}

if (process.argv[2] === SERVE) {
  const answer = JSON.parse(process.argv[3] ?? "{}") as ModelAnswer;
  const server = await startModelServer(() => answer, { keep: 1 });
  process.once("disconnect", () => process.exit());
  process.send?.({ port: server.port });
}
