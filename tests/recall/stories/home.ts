import type { Story } from "./story.ts";

export const home: readonly Story[] = [
  {
    slots: { c1: ["Bristol", "Malmö", "Valencia", "Krakow"], c2: ["Turin", "Galway", "Bremen", "Tartu"] },
    lines: [
      "> *We signed the lease, from next month we live in {c1}.",
      "< Big step!",
      "---",
      "> *Plans change: we left {c1} and live in {c2} now, closer to the sea.",
      "< You are nomads.",
    ],
    questions: [
      ["contradiction", "In which city does {P} live now?", [1]],
      ["direct", "Where did {P} live before {c2}?"],
    ],
  },
  {
    slots: {
      col1: ["green", "crimson", "navy blue"],
      col2: ["ochre", "mint", "white"],
      room: ["kitchen", "bedroom", "staircase"],
    },
    lines: [
      "> *Painted the {room} {col1} today.",
      "< Bold!",
      "---",
      "> *I could not stand it any more: the {room} is {col2} now.",
      "< Told you.",
    ],
    questions: [
      ["contradiction", "What colour is {P}'s {room} now?", [1]],
      ["direct", "What colour did {P} first paint the {room}?", [0]],
    ],
  },
  {
    slots: {
      car1: ["an old Volvo", "a tiny Fiat", "a pickup"],
      car2: ["an electric cargo bike", "a silver hatchback", "a scooter"],
    },
    lines: [
      "> *My commute is easy with {car1}.",
      "< Does it still run?",
      "> Barely.",
      "---",
      "> *I sold the car. These days I ride {car2} to work.",
      "< Finally.",
    ],
    questions: [
      ["contradiction", "How does {P} get to work now?", [1]],
      ["paraphrase", "Which vehicle did {P} drive formerly?", [0]],
    ],
  },
  {
    slots: {
      time1: ["Tuesday at six", "Saturday at ten"],
      time2: ["Thursday at eight", "Sunday at four"],
      ev: ["the reading circle", "the neighbours' meeting", "the repair café"],
    },
    lines: [
      "> *{ev} is on {time1}, do come.",
      "< I'll try.",
      "---",
      "> *They moved {ev} to {time2}.",
      "< Noted.",
    ],
    questions: [["contradiction", "When does {ev} take place now?", [1]]],
  },
  {
    slots: {
      what: ["the boiler", "the roof", "the washing machine", "the lift"],
      cost: ["940", "3,200", "415"],
      who: ["Mr. Baptiste", "a cousin", "a student from next door"],
    },
    lines: [
      "> *{what} gave up on the coldest day of the year.",
      "< Typical!",
      "> *{who} mended it, {cost} euros later.",
    ],
    questions: [
      ["direct", "What did the repair of {what} cost {P}?", [1]],
      ["name", "Who repaired {what} for {P}?", [1]],
      ["time", "When did {what} break at {P}'s home?", [0]],
    ],
  },
  {
    slots: {
      neigh: ["Mrs. Halloran", "the Duartes", "old Mr. Finch"],
      do: ["play the trumpet at dawn", "feed every pigeon in town", "grow tobacco in the bathtub"],
    },
    lines: ["> *My neighbours, {neigh}, {do}.", "< Every building has one.", "> Ours has three."],
    questions: [
      ["paraphrase", "What odd habit do {P}'s neighbours have?"],
      ["name", "Who lives next door to {P}?"],
    ],
  },
  {
    slots: {
      safe: ["inside the piano", "behind the flour", "under the third stair"],
      what: ["the spare key", "the passports", "the savings"],
    },
    lines: ["> *In case of emergency: {what} lies {safe}.", "< You trust me with that?", "> With my life."],
    questions: [["direct", "Where does {P} keep {what}?"]],
  },
  {
    slots: { code: ["4471", "9038", "2265"], net: ["casa-azul", "pigeon-post", "thirdfloor"] },
    lines: [
      "> *The wifi at my place is {net}, the door code {code}.",
      "< Saved it.",
      "> Please do not post it.",
    ],
    questions: [
      ["direct", "What is the door code of {P}'s place?"],
      ["paraphrase", "Which wireless network does {P} have at home?"],
    ],
  },
  {
    slots: { wish: ["a wood stove", "a hammock", "a darkroom", "bookshelves to the ceiling"] },
    lines: [
      "< If money were no object, what would you add to the flat?",
      "> *{wish}, without a second of doubt.",
      "< Very you.",
    ],
    questions: [["paraphrase", "What does {P} dream of having at home?"]],
  },
];
