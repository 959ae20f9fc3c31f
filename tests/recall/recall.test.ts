import { expect, test } from "vitest";
import { conversations, unseenConversations } from "./conversation.ts";
import { dialogues } from "./dialogues.ts";
import { heldOut } from "./held-out.ts";
import {
  bareRecall,
  irrelevantPerHundred,
  mindRecall,
  plainRecall,
  recallOf,
  writtenRecall,
} from "./measure.ts";
import { everydayPrompts, unanswerable } from "./prompts.ts";

const talks = conversations();
const fresh = unseenConversations();
/** As `mind.prepare` asks. */
const PREPARED_K = 6;
const PREPARED_LEAST = 0.45;

test("the labelled set is as large as it says, and the same every time", () => {
  expect(talks.length).toBeGreaterThanOrEqual(10);
  expect(talks.flatMap(({ turns }) => turns).length).toBeGreaterThan(5000);
  expect(talks.flatMap(({ questions }) => questions).length).toBeGreaterThan(300);
  expect(conversations()).toEqual(talks);
});

test("the evidence is among the first 20 memories", () => {
  const scores = recallOf(talks, mindRecall);
  expect(scores.get("all")?.at20).toBeGreaterThan(0.9);
  expect(scores.get("(several needed)")?.at20).toBeGreaterThan(0.8);
  for (const [kind, least] of [
    ["direct", 0.9],
    ["hops", 0.8],
    ["time", 0.9],
    ["contradiction", 0.85],
    ["language", 0.85],
  ] as const)
    expect(scores.get(kind)?.at20, kind).toBeGreaterThan(least);
});

test("so it is for stories that were written after the ranking, and far above BM25 with stemming", () => {
  const mine = recallOf(fresh, mindRecall).get("all")?.at20 ?? 0;
  expect(mine).toBeGreaterThan(0.85);
  expect(mine).toBeGreaterThan((recallOf(fresh, plainRecall).get("all")?.at20 ?? 1) + 0.15);
});

test("turns that another program writes down as `Name: words` with a day are found as well as those told with speaker and session", () => {
  const [told, written] = [mindRecall, writtenRecall].map(
    (form) => recallOf(talks.slice(0, 3), form).get("all")?.at20 ?? 0,
  );
  expect(written).toBeGreaterThan((told ?? 1) - 0.01);
});

test("a dialogue in long turns that nobody tuned to is recalled far better than by BM25 with stemming", () => {
  const talk = [heldOut()];
  const mine = recallOf(talk, mindRecall).get("all")?.at20 ?? 0;
  expect(mine).toBeGreaterThan((recallOf(talk, plainRecall).get("all")?.at20 ?? 1) + 0.15);
});

test("long dialogues asked about in other words are recalled far better than by BM25 with stemming, whatever is told with a turn", () => {
  for (const sort of ["seen", "blind"] as const) {
    const talk = dialogues(sort);
    const plain = recallOf(talk, plainRecall).get("all")?.at20 ?? 1;
    for (const form of [mindRecall, writtenRecall, bareRecall])
      expect(recallOf(talk, form).get("all")?.at20).toBeGreaterThan(plain + 0.2);
  }
});

test("everyday prompts and questions without an answer bring next to nothing irrelevant into a context", () => {
  const everyday = irrelevantPerHundred(talks, mindRecall, () => everydayPrompts, PREPARED_K, PREPARED_LEAST);
  const unknown = ([name]: readonly [string, string]) => unanswerable.map((one) => one.replace("{P}", name));
  expect(everyday).toBeLessThanOrEqual(3);
  expect(irrelevantPerHundred(talks, mindRecall, unknown, PREPARED_K, PREPARED_LEAST)).toBeLessThanOrEqual(3);
});
