import type { Approval } from "#contract";
import type { Place } from "../command/index.ts";
import { dim, fields, jsonText, linesOf, styled, type Text } from "../terminal/index.ts";

/** One person who can be asked; `undefined`: no answer, now or at all. */
export interface Person {
  show(text: Text): void;
  ask(prompt: string, signal?: AbortSignal): Promise<string | undefined>;
}

interface Question {
  readonly id: string;
  readonly agent: string;
  readonly question: string;
  readonly options: readonly string[];
}

/** Puts an agent's question to the person and brings back the answer. */
export async function consultQuestion(
  place: Place,
  person: Person,
  id: string,
  signal?: AbortSignal,
): Promise<void> {
  const { questions } = await place.call<{ questions: Question[] }>("question.list", {}, signal);
  const question = questions.find((one) => one.id === id);
  if (!question) return;
  person.show([
    [styled("yellow", `? ${question.agent} asks:`)],
    ...linesOf(question.question).map((line): Text[number] => `  ${line as string}`),
    ...question.options.map((option, at): Text[number] => `  ${at + 1}. ${option}`),
  ]);
  const typed = await person.ask("answer> ", signal);
  if (typed === undefined) return;
  const chosen = /^\d{1,2}$/.test(typed.trim()) ? question.options[Number(typed) - 1] : undefined;
  await place.call("question.answer", { id, answer: chosen ?? typed }, signal);
}

/** Puts a call that waits for approval to the person, and decides it as they say. */
export async function consultApproval(
  place: Place,
  person: Person,
  id: string,
  signal?: AbortSignal,
): Promise<void> {
  const { approvals } = await place.call<{ approvals: Approval[] }>("approval.list", {}, signal);
  const approval = approvals.find((one) => one.id === id);
  if (!approval) return;
  person.show(describeApproval(approval));
  const typed = await person.ask("Allow this one call? [y/N] ", signal);
  if (typed === undefined) return;
  const yes = /^y(es)?$/i.test(typed.trim());
  await place.call(`approval.${yes ? "give" : "refuse"}`, { id }, signal);
  person.show([dim(yes ? "It is allowed." : "It is refused.")]);
}

const describeApproval = (one: Approval): Text => [
  [styled("yellow", `! ${one.module} wants ${one.capability}`)],
  ...fields([
    ["  target", one.targets.join(", ") || "-"],
    ["  arguments", jsonText(one.args)],
    ["  because", one.reason],
  ]),
];
