import type { Story } from "./story.ts";

export const health: readonly Story[] = [
  {
    slots: {
      part: ["wrist", "collarbone", "left knee", "toe"],
      how: ["slipping on wet leaves", "falling off a ladder", "chasing the bus"],
      weeks: ["six", "four", "ten"],
    },
    lines: [
      "> *I've broken my {part} {how}.",
      "< Ouch! How long in plaster?",
      "> *{weeks} weeks, says the surgeon.",
    ],
    questions: [
      ["paraphrase", "What injury did {P} have?", [0]],
      ["direct", "How did {P} break the {part}?", [0]],
      ["direct", "How many weeks must {P} wear the cast?", [1]],
    ],
  },
  {
    slots: {
      all: ["peanuts", "shellfish", "sesame", "penicillin"],
      sym: ["my lips swelled like balloons", "I was covered in hives", "I could hardly breathe"],
    },
    lines: [
      "> *It turns out I'm allergic to {all}: {sym} at the party.",
      "< That's scary. Are you alright?",
      "> Yes, the ambulance was quick.",
    ],
    questions: [
      ["direct", "What is {P} allergic to?"],
      ["paraphrase", "What must nobody serve {P} at dinner?"],
    ],
  },
  {
    slots: {
      what: ["meditation", "cold showers", "no screens after nine", "therapy"],
      since: ["March", "New Year", "my birthday"],
    },
    lines: [
      "< You seem calmer lately.",
      "> *It's the {what}. I have kept it up since {since}.",
      "< It suits you.",
    ],
    questions: [
      ["direct", "Since when does {P} keep up the {what}?"],
      ["paraphrase", "How did {P} become calmer?"],
    ],
  },
  {
    slots: {
      diet: ["vegan", "gluten-free", "pescatarian"],
      why: ["after a documentary", "for the climate", "on doctor's orders"],
    },
    lines: ["> *I eat {diet} now, {why}.", "< No more barbecue?", "> Corn and sadness."],
    questions: [
      ["paraphrase", "What dietary change has {P} made?"],
      ["direct", "Why does {P} eat {diet}?"],
    ],
  },
  {
    slots: {
      doc: ["Dr. Salgado", "Dr. Nwosu", "Dr. Weiss"],
      res: ["iron is far too low", "eyes need stronger glasses", "blood pressure is perfect"],
    },
    lines: ["> *{doc} called about the results: my {res}.", "< Good to know at last.", "> Indeed."],
    questions: [
      ["name", "Which doctor called {P}?"],
      ["direct", "What did the medical results of {P} say?"],
    ],
  },
  {
    slots: { q: ["smoking", "energy drinks", "biting my nails"], day: ["100", "365", "50"] },
    lines: ["> *Day {day} without {q}!", "< Champion!", "> The first week was hell."],
    questions: [
      ["direct", "What habit did {P} give up?"],
      ["direct", "How many days has {P} been without {q}?"],
    ],
  },
];
