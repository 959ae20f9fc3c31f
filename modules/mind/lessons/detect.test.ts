import { expect, test } from "vitest";
import { correctionLesson, corrects } from "./detect.ts";

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

test("a correction by the user is a lesson about what was asked before", () => {
  const said = "That's not right, it is on Tuesday.";
  expect(correctionLesson("When is the dentist?", "On Monday.", said)).toMatchObject({
    situation: "When is the dentist?",
    mistake: "On Monday.",
    better: said,
  });
  expect(correctionLesson("When is the dentist?", undefined, said)).toBeUndefined();
  expect(correctionLesson("When is the dentist?", "On Monday.", "Thanks!")).toBeUndefined();
});
