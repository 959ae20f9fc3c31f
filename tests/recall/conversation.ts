import { createRandom, type Random } from "./random.ts";
import { smallTalk } from "./small-talk.ts";
import { family } from "./stories/family.ts";
import { health } from "./stories/health.ts";
import { home } from "./stories/home.ts";
import { leisure } from "./stories/leisure.ts";
import { german, spanish, unspaced } from "./stories/other-languages.ts";
import type { QuestionKind, Story } from "./stories/story.ts";
import { travel } from "./stories/travel.ts";
import { unseen } from "./stories/unseen.ts";
import { work } from "./stories/work.ts";

export interface Turn {
  readonly id: string;
  readonly session: string;
  readonly speaker: string;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
}
export interface Question {
  readonly kind: QuestionKind;
  readonly text: string;
  /** Turns that answer it; all are needed. */
  readonly evidence: readonly string[];
  /** Its story is one of {@link unseen}. */
  readonly unseen?: boolean;
}
export interface Conversation {
  readonly name: string;
  readonly speakers: readonly [string, string];
  readonly turns: readonly Turn[];
  readonly questions: readonly Question[];
}

type Language = keyof typeof smallTalk;
const english: readonly Story[] = [...family, ...work, ...leisure, ...travel, ...health, ...home];
const STORIES: Readonly<Record<Language, readonly Story[]>> = { english, german, spanish, unspaced };
const PAIRS: readonly (readonly [string, string, Language])[] = [
  ["Marta", "Owen", "english"],
  ["Priya", "Lucas", "english"],
  ["Ingrid", "Dmitri", "english"],
  ["Chloe", "Hassan", "english"],
  ["Abigail", "Rafael", "english"],
  ["Noor", "Stefan", "english"],
  ["Talia", "Gregor", "english"],
  ["Esme", "Victor", "english"],
  ["Joanna", "Kwame", "english"],
  ["Sabine", "Jürgen", "german"],
  ["Carmen", "Iñigo", "spanish"],
  ["小雨", "大伟", "unspaced"],
];
const SESSIONS = 26;
const DAY_MS = 86_400_000;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** A conversation over half a year or more: two people, many sessions, stories of both among small talk, and questions about them. */
function converse(
  a: string,
  b: string,
  stories: readonly Story[],
  language: Language,
  seed: number,
): Conversation {
  const random = createRandom(seed);
  const begins: number[] = [];
  let at = Date.UTC(2023, random.below(6), 1 + random.below(27), 8);
  for (let session = 0; session < SESSIONS; session++) {
    at += (3 + random.below(9)) * DAY_MS + random.below(10) * 3_600_000;
    begins.push(at - (at % DAY_MS) + (8 + random.below(12)) * 3_600_000);
  }
  const blocks: string[][][] = begins.map(() => []);
  const told: {
    readonly story: Story;
    readonly filled: (text: string) => string;
    readonly marks: string[];
  }[] = [];
  const share = language === "english" ? 0.62 : 1;
  for (const [who, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const story of random.shuffled(stories)) {
      if (!random.chance(share)) continue;
      const filled = filler(story, who, other, random);
      const marks: string[] = [];
      place(
        story,
        blocks,
        random,
        (line, where) =>
          `${line.startsWith(">") ? who : other}\t${told.length}\t${where}\t${filled(line.slice(2))}`,
      );
      told.push({ story, filled, marks });
    }
  }

  const turns: Turn[] = [];
  for (const [session, parts] of blocks.entries()) {
    const name = `s${session + 1}`;
    let moment = begins[session] as number;
    const say = (speaker: string, text: string): string => {
      const id = `${name}:${turns.length + 1}`;
      moment += (1 + random.below(4)) * 60_000;
      turns.push({ id, session: name, speaker, at: new Date(moment).toISOString(), text });
      return id;
    };
    const chat = (lines: number) => {
      for (let line = 0; line < lines; line++) {
        const [speaker, listener] = (turns.length + line) % 2 === 0 ? [a, b] : [b, a];
        const words = () => random.one(smallTalk[language]).replace("{P}", listener);
        say(speaker, random.chance(0.6) ? `${words()} ${words()}` : words());
      }
    };
    chat(3 + random.below(3));
    for (const part of random.shuffled(parts)) {
      for (const line of part) {
        const [speaker = "", of = "", mark = "", text = ""] = line.split("\t");
        const id = say(speaker, text);
        if (mark !== "") (told[Number(of)] as { marks: string[] }).marks[Number(mark)] = id;
      }
      chat(1 + random.below(4));
    }
    chat(1 + random.below(3));
  }
  const questions = told.flatMap(({ story, filled, marks }) =>
    story.questions.map(([kind, text, which]): Question => {
      const evidence = (which ?? marks.map((_, mark) => mark)).map((mark) => marks[mark] as string);
      return { kind, text: filled(text), evidence, unseen: unseen.includes(story) };
    }),
  );
  const asked = [
    ...questions,
    ...(language === "english"
      ? byDay(
          turns,
          told.flatMap(({ marks }) => marks),
          random,
        )
      : []),
  ];
  return { name: `${a} and ${b}`, speakers: [a, b], turns, questions: asked };
}

/** Questions for all that was told on one day, or in one month where only one session had anything to tell. */
function byDay(turns: readonly Turn[], marks: readonly string[], random: Random): Question[] {
  const marked = new Set(marks);
  const days = Map.groupBy(
    turns.filter(({ id }) => marked.has(id)),
    ({ speaker, at }) => `${speaker} ${at.slice(0, 10)}`,
  );
  return random
    .shuffled([...days.values()])
    .slice(0, 8)
    .map((day): Question => {
      const { speaker, at } = day[0] as Turn;
      const date = new Date(at);
      const named = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}, ${date.getUTCFullYear()}`;
      return {
        kind: "time",
        text: `What did ${speaker} tell about on ${named}?`,
        evidence: day.map(({ id }) => id),
      };
    });
}

function filler(story: Story, who: string, other: string, random: Random): (text: string) => string {
  const chosen = new Map(
    Object.entries(story.slots ?? {}).map(([slot, values]) => [slot, random.one(values)]),
  );
  chosen
    .set("P", who)
    .set("Q", other)
    .set("when", random.one(["January", "September", "autumn"]));
  return (text) => text.replace(/\{(\w+)\}/g, (whole, slot: string) => chosen.get(slot) ?? whole);
}

/** Puts the parts of a story into sessions, one after the other. `write` gives the line its speaker; marked lines get their number. */
function place(
  story: Story,
  blocks: string[][][],
  random: Random,
  write: (line: string, mark: string) => string,
): void {
  const parts: string[][] = [[]];
  let mark = 0;
  for (const line of story.lines) {
    if (line === "---") parts.push([]);
    else {
      const marked = line.slice(2).startsWith("*");
      parts.at(-1)?.push(write(marked ? line.replace("*", "") : line, marked ? String(mark++) : ""));
    }
  }
  const span = Math.floor(blocks.length / parts.length);
  for (const [at, part] of parts.entries()) blocks[at * span + random.below(span)]?.push(part);
}

/** The labelled set: the same for everyone, always. */
export function conversations(): Conversation[] {
  return PAIRS.map(([a, b, language], at) => converse(a, b, STORIES[language], language, 1000 + at));
}

/** Conversations of the usual length whose questions are about the stories of `unseen.ts`. */
export function unseenConversations(): Conversation[] {
  return PAIRS.slice(0, 6).map(([a, b], at) => {
    const talk = converse(a, b, [...unseen, ...english], "english", 2000 + at);
    return { ...talk, questions: talk.questions.filter(({ unseen: one }) => one) };
  });
}
