/** Searches agents' conversations on a thread of its own. */
import { DatabaseSync } from "node:sqlite";
import { parentPort } from "node:worker_threads";
import type { SessionFound } from "#contract";
import { findIn, first } from "./find.ts";
import type { Answer, Question } from "./finder.ts";
import { soughtIn } from "./words.ts";

const SEARCH_MOST_MS = 3000;

function search({ query, places, limit }: Question): Answer {
  const sought = soughtIn(query);
  const until = performance.now() + SEARCH_MOST_MS;
  const all: SessionFound[] = [];
  let rest = false;
  for (const { agent, path } of sought.length === 0 ? [] : places) {
    if (performance.now() > until) {
      rest = true;
      break;
    }
    const db = open(path);
    if (!db) continue;
    try {
      const { found, more } = findIn(db, agent, sought, { limit, until });
      all.push(...found);
      rest ||= more;
    } finally {
      db.close();
    }
  }
  const { found, more } = first(all, limit, rest);
  return { found: [...found], more };
}

/** An agent may be removed while others are searched. */
function open(path: string): DatabaseSync | undefined {
  try {
    return new DatabaseSync(path, { readOnly: true, timeout: 2000 });
  } catch {
    return undefined;
  }
}

parentPort?.on("message", (question: Question) => {
  try {
    parentPort?.postMessage(search(question));
  } catch (error) {
    parentPort?.postMessage({ problem: (error as Error).message } satisfies Answer);
  }
});
