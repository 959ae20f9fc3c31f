import { parentPort } from "node:worker_threads";
import { cleanse } from "./cleanse.ts";
import { createFiles } from "./files.ts";
import type { Answer, Question } from "./protocol.ts";
import { search } from "./search.ts";
import { nearest } from "./vectors.ts";

const files = createFiles();

function answer({ path, ask }: Question): unknown {
  if (ask.kind === "close") return files.close(path);
  if (ask.kind === "cleanse") return cleanse(path, ask.traces);
  const db = files.get(path);
  const near = ask.vector === undefined ? undefined : nearest(db, ask.vector);
  return search(db, ask.search, near);
}

parentPort?.on("message", (question: Question) => {
  let reply: Answer;
  try {
    reply = { id: question.id, ok: true, result: answer(question) };
  } catch (error) {
    reply = { id: question.id, ok: false, message: (error as Error).message };
  }
  parentPort?.postMessage(reply);
});
