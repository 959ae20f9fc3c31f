import { expect, test } from "vitest";
import { corrects, detectLessons } from "./detect.ts";

test.each([
  "No, I meant the other file.",
  "That's wrong, the meeting is on Tuesday.",
  "Actually, my name is Ana.",
  "You forgot the attachment.",
  "Das stimmt nicht, es war gestern.",
  "Nein, ich wollte die Rechnung.",
  "Non, c'est le mardi.",
  "Eso no es correcto.",
  "Você errou o nome.",
  "Bukan itu, yang biru.",
  "Это неправильно.",
  "不对，是星期二。",
  "違います、火曜日です。",
])("%s corrects the agent", (text) => {
  expect(corrects(text)).toBe(true);
});

test.each([
  "No",
  "No thanks",
  "Yes, that's right.",
  "What is wrong with my car?",
  "Nein danke",
  "Write a story about a wrong turn",
  "Explain why it is wrong to lie to children who believe in stories",
  "Is it not correct?",
  "Please add the wrong answers to the quiz",
  "没有了",
  "Gracias, no",
])("%s corrects nobody", (text) => {
  expect(corrects(text)).toBe(false);
});

test("a failure that was overcome by another call of the same tool is a lesson, and only then", () => {
  const failed = {
    kind: "tool",
    tool: "fs.read",
    args: '{"path":"/a"}',
    error: { code: "not_found", message: "no /a" },
  } as const;
  const user = { kind: "user", text: "Read the notes" } as const;
  expect(detectLessons([user, failed])).toEqual([]);
  expect(detectLessons([user, failed, { kind: "tool", tool: "fs.read", args: failed.args }])).toEqual([]);
  const [lesson] = detectLessons([user, failed, { kind: "tool", tool: "fs.read", args: '{"path":"a"}' }]);
  expect(lesson).toMatchObject({
    situation: "Read the notes (fs.read)",
    code: "not_found",
    better: 'fs.read {"path":"a"}',
  });
});

test("a correction by the user is a lesson about what was asked before", () => {
  const [lesson] = detectLessons([
    { kind: "user", text: "When is the dentist?" },
    { kind: "assistant", text: "On Monday." },
    { kind: "user", text: "That's not right, it is on Tuesday." },
  ]);
  expect(lesson).toMatchObject({
    situation: "When is the dentist?",
    mistake: "On Monday.",
    better: "That's not right, it is on Tuesday.",
  });
});
