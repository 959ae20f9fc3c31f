import { readFileSync } from "node:fs";
import type { Conversation, Turn } from "./conversation.ts";

/**
 * Four long dialogues of two over half a year or more, each written at one go by somebody who knew nothing of the ranking, with questions
 * in other words than were said. The ranking was improved with `seen` in sight; nobody looked at `blind`, neither at a turn nor at a
 * question: only at what share was found. Do not tune to them.
 */
const FILES = {
  seen: ["nurse-and-potter", "teacher-and-pupil"],
  blind: ["brothers", "student-and-climber"],
} as const;

/** Turns are `Name: words`, named `D3:12` by session and place; a question is its kind, its words and the turns that answer it. */
interface Written {
  readonly speakers: readonly [string, string];
  readonly sessions: readonly { readonly at: string; readonly turns: readonly string[] }[];
  readonly questions: readonly (readonly [kind: string, text: string, ...evidence: string[]])[];
}

const BETWEEN_TURNS_MS = 30_000;

/** The dialogues of one sort; questions that nothing answers are left out. */
export const dialogues = (sort: keyof typeof FILES): Conversation[] => FILES[sort].map(read);

function read(name: string): Conversation {
  const { speakers, sessions, questions } = JSON.parse(
    readFileSync(new URL(`./dialogues/${name}.json`, import.meta.url), "utf8"),
  ) as Written;
  const turns = sessions.flatMap(({ at, turns: lines }, session) =>
    lines.map((line, place): Turn => {
      const [speaker = "", ...words] = line.split(": ");
      return {
        id: `D${session + 1}:${place + 1}`,
        session: `s${session + 1}`,
        speaker,
        at: new Date(Date.parse(at) + place * BETWEEN_TURNS_MS).toISOString(),
        text: words.join(": "),
      };
    }),
  );
  return {
    name,
    speakers,
    turns,
    questions: questions.flatMap(([kind, text, ...evidence]) =>
      evidence.length === 0 ? [] : [{ kind: KINDS[kind] ?? "direct", text, evidence }],
    ),
  };
}

const KINDS: Readonly<Record<string, Conversation["questions"][number]["kind"]>> = {
  single: "paraphrase",
  multi: "several",
  time: "time",
  inference: "hops",
};
