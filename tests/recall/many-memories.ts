import type { Database } from "#contract";
import { addMemory } from "../../modules/mind/memories/add.ts";
import { createRandom } from "./random.ts";

const SYLLABLES =
  "ba be bi bo da de di do fa ga ge ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se si so ta te ti to va ve vi vo za".split(
    " ",
  );
const COMMON = "the a of to and in it we was for on with that at my you".split(" ");
const NAMES = "Anna Boris Carla Derek Elif Farid Greta Hugo Iris Jonas Kira Lars Mona Nils Olga Pavel".split(
  " ",
);
const VOCABULARY = 30_000;
const TURNS_OF_SESSION = 20;
const BATCH = 500;

const random = createRandom(7);
const words = Array.from({ length: VOCABULARY }, () =>
  Array.from({ length: 2 + random.below(3) }, () => random.one(SYLLABLES)).join(""),
);
/** Words are as unevenly frequent as in talk: the rank is the product of two even choices. */
const word = (): string =>
  random.chance(0.4)
    ? random.one(COMMON)
    : (words[Math.floor((random.below(VOCABULARY) * (random.below(VOCABULARY) + 1)) / VOCABULARY)] as string);

/** Fills a database with so many made-up turns of conversations of made-up words. */
export function fill(db: Database, count: number): void {
  for (let begun = 0; begun < count; begun += BATCH) {
    db.transaction(() => {
      for (let at = begun; at < Math.min(count, begun + BATCH); at++) {
        const session = Math.floor(at / TURNS_OF_SESSION);
        const speaker = NAMES[(session + (at % 2) * 5) % NAMES.length] as string;
        const moment = Date.UTC(2015, 0, 1) + session * 3_600_000 + at * 1000;
        const content = Array.from({ length: 8 + random.below(24) }, word).join(" ");
        addMemory(
          db,
          { content, speaker, session: `s${session}`, at: new Date(moment).toISOString() },
          { now: moment, session: undefined, tainted: false },
        );
      }
    });
  }
}

/** Questions in the same words: some short, some long, some with a name or a date. */
export function queries(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const asked = Array.from({ length: 2 + random.below(10) }, word).join(" ");
    if (at % 4 === 0) return `What did ${random.one(NAMES)} say about ${asked}?`;
    return at % 4 === 1 ? `${asked} in March ${2016 + random.below(8)}` : asked;
  });
}
