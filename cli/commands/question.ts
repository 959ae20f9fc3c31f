import { type Command, defineCommand } from "../command/index.ts";
import { bold, dim, linesOf, localTime, type Text } from "../terminal/index.ts";
import { agentNames, type NameOf } from "./agent_names.ts";
import { readText } from "./arguments.ts";
import { listed } from "./known.ts";

interface Question {
  readonly id: string;
  readonly agent: string;
  readonly session: string;
  readonly question: string;
  readonly options: readonly string[];
  readonly asked_at: string;
}

const list = defineCommand({
  name: "question list",
  summary: "Questions of agents that wait for your answer",
  words: [],
  options: {},
  examples: ["fw question list"],
  async run({ place }) {
    const data = await place.call<{ questions: Question[] }>("question.list", {});
    const nameOf = data.questions.length > 0 ? await agentNames(place) : String;
    return { data, text: listed(data.questions, (one) => describe(one, nameOf), "Nothing is asked.") };
  },
});

const describe = (one: Question, nameOf: NameOf): Text => [
  [bold(one.id), dim(`  ${nameOf(one.agent)} · ${one.session} · ${localTime(one.asked_at)}`)],
  ...linesOf(one.question).map((line): Text[number] => ["  ", line as string]),
  ...one.options.map((option, at): Text[number] => dim(`    ${at + 1}. ${option}`)),
];

const answer = defineCommand({
  name: "question answer",
  summary: "Answer one; the turn that asked goes on",
  words: ["ID", "ANSWER"],
  options: {},
  details: ["ANSWER `-` is read from standard input."],
  examples: ['fw question answer 01JX "the second one"'],
  async run({ words, place }) {
    const data = await place.call("question.answer", {
      id: words.ID,
      answer: await readText(place, words.ANSWER),
    });
    return { data, text: ["It is answered."] };
  },
});

export const QUESTION_COMMANDS: readonly Command[] = [list, answer];
