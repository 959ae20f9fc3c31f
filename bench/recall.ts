/**
 * Recall: how much of the evidence the first 5, 10 and 20 memories hold on the labelled set of `tests/recall`, and how much that is
 * irrelevant is given, beside plain BM25 with stemming on the same turns; then how long a search takes among 100,000 memories on the recall
 * thread, and how late the server's event loop is meanwhile, beside one bare FTS5 search.
 * `node bench/recall.ts`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { DatabaseSync } from "node:sqlite";
import { openDatabase } from "../kernel/storage/index.ts";
import { createRecall } from "../modules/mind/recall/recall.ts";
import { stateMigrations } from "../modules/mind/tables.ts";
import { conversations, unseenConversations } from "../tests/recall/conversation.ts";
import { dialogues } from "../tests/recall/dialogues.ts";
import { heldOut } from "../tests/recall/held-out.ts";
import { fill, queries } from "../tests/recall/many-memories.ts";
import {
  bareRecall,
  irrelevantPerHundred,
  mindRecall,
  plainRecall,
  recallOf,
  type Scores,
  writtenRecall,
} from "../tests/recall/measure.ts";
import { everydayPrompts, unanswerable } from "../tests/recall/prompts.ts";
import { type Figure, show } from "./figure.ts";
import { duration, timingOf } from "./harness.ts";

const MEMORIES = 100_000;
const SEARCHES = 400;
const PREPARED_K = 6;
/** As `mind.prepare` asks. */
const PREPARED_LEAST = 0.45;

const talks = conversations();
const mine = recallOf(talks, mindRecall);
const plain = recallOf(talks, plainRecall);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const shown = (one: Scores | undefined): string =>
  one ? `${percent(one.at5)} / ${percent(one.at10)} / ${percent(one.at20)}` : "–";
/** The least share among the first 20 that is aimed at. */
const LEAST: Readonly<Record<string, number>> = { all: 0.9, "(several needed)": 0.65 };
const figureOf = (whose: string, group: string, scores?: Scores, plainly?: Scores): Figure => {
  const least = LEAST[group];
  return {
    what: `recall@5/10/20, ${whose}${group} (${scores?.questions} questions)`,
    aim: least === undefined ? "–" : `@20 ≥ ${least * 100} %`,
    measured: shown(scores),
    baseline: `${shown(plainly)}, BM25 with stemming`,
    met: least === undefined || (scores?.at20 ?? 0) >= least,
  };
};
const figures = [...mine].map(([group, scores]) => figureOf("", group, scores, plain.get(group)));
const fresh = unseenConversations();
const [mineFresh, plainFresh] = [recallOf(fresh, mindRecall), recallOf(fresh, plainRecall)];
for (const group of Object.keys(LEAST))
  figures.push(
    figureOf("stories written after the ranking, ", group, mineFresh.get(group), plainFresh.get(group)),
  );
for (const [form, retrieval] of [
  ["told with speaker and session", mindRecall],
  ["written as `Name: words`", writtenRecall],
] as const) {
  const [scores, plainly] = [recallOf([heldOut()], retrieval), recallOf([heldOut()], plainRecall)];
  figures.push(figureOf(`a dialogue held out, ${form}, `, "all", scores.get("all"), plainly.get("all")));
}
for (const [sort, what] of [
  ["seen", "dialogues that the ranking was improved with"],
  ["blind", "dialogues that nobody looked at"],
] as const) {
  const written = dialogues(sort);
  const plainly = recallOf(written, plainRecall);
  for (const [form, retrieval] of [
    ["told with speaker and session", mindRecall],
    ["`Name: words` and the day", writtenRecall],
    ["`Name: words` alone", bareRecall],
  ] as const) {
    const scores = recallOf(written, retrieval);
    for (const group of retrieval === mindRecall ? Object.keys(LEAST) : ["all"])
      figures.push(figureOf(`${what}, ${form}, `, group, scores.get(group), plainly.get(group)));
  }
}
for (const [what, prompts] of [
  ["everyday prompts", () => everydayPrompts],
  [
    "unanswerable questions",
    ([name]: readonly [string, string]) => unanswerable.map((one) => one.replace("{P}", name)),
  ],
] as const) {
  const given = irrelevantPerHundred(talks, mindRecall, prompts, PREPARED_K, PREPARED_LEAST);
  const bare = irrelevantPerHundred(talks, plainRecall, prompts, PREPARED_K, 0);
  figures.push({
    what: `irrelevant pieces in a hundred prompts' contexts, ${what}`,
    aim: "≤ 3",
    measured: given.toFixed(1),
    baseline: `${bare.toFixed(1)}, BM25 without a floor`,
    met: given <= 3,
  });
}

{
  const written = [...dialogues("seen"), ...dialogues("blind")];
  const given = irrelevantPerHundred(written, mindRecall, () => everydayPrompts, PREPARED_K, PREPARED_LEAST);
  const bare = irrelevantPerHundred(written, plainRecall, () => everydayPrompts, PREPARED_K, 0);
  figures.push({
    what: "irrelevant pieces in a hundred prompts' contexts, everyday prompts after the four dialogues",
    aim: "≤ 3",
    measured: given.toFixed(1),
    baseline: `${bare.toFixed(1)}, BM25 without a floor`,
    met: given <= 3,
  });
}

const folder = mkdtempSync(join(tmpdir(), "fw-bench-"));
const db = openDatabase(join(folder, "state.db"), { ladders: { mind: stateMigrations } });
const begun = performance.now();
fill(db, MEMORIES);
const filled = (performance.now() - begun) / MEMORIES;
const asked = queries(SEARCHES);
const recall = createRecall();
const ask = (query: string) => recall.search(db.path, { query, k: 20, now: Date.UTC(2026, 0, 1) });
for (const query of asked.slice(0, 40)) await ask(query);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const times: number[] = [];
for (const query of asked) {
  const from = performance.now();
  await ask(query);
  times.push(performance.now() - from);
}
delay.disable();
await recall.close();
db.sql("PRAGMA wal_checkpoint(TRUNCATE)").get();
db.close();

const bare = new DatabaseSync(join(folder, "state.db"));
bare.exec(
  "CREATE VIRTUAL TABLE plain USING fts5 (content); INSERT INTO plain SELECT content FROM mind_memory",
);
const find = bare.prepare("SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 20");
const bareTimes = asked.map((query) => {
  const from = performance.now();
  find.all(
    query
      .replace(/[^\p{L}\p{N} ]/gu, "")
      .split(" ")
      .map((one) => `"${one}"`)
      .join(" OR "),
  );
  return performance.now() - from;
});
bare.close();
rmSync(folder, { recursive: true });

const { p50, p99 } = timingOf(times);
const plainTiming = timingOf(bareTimes);
const late = delay.percentile(99) / 1e6;
show([
  ...figures,
  {
    what: `search among ${MEMORIES.toLocaleString("en")} memories, p50 / p99`,
    aim: "≤ 5 / 50 ms",
    measured: `${duration(p50)} / ${duration(p99)}`,
    baseline: `${duration(plainTiming.p50)} / ${duration(plainTiming.p99)}, one bare FTS5 search for the same words`,
    met: p50 <= 5 && p99 <= 50,
  },
  {
    what: "the event loop's delay meanwhile, p99",
    aim: "≤ 20 ms",
    measured: duration(late),
    baseline: "–",
    met: late <= 20,
  },
  {
    what: "keeping one memory, index and vocabulary included",
    aim: "–",
    measured: duration(filled),
    baseline: "–",
    met: true,
  },
]);
