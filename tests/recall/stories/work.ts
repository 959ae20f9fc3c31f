import type { Story } from "./story.ts";

export const work: readonly Story[] = [
  {
    slots: {
      job: ["a paramedic", "a cartographer", "a pastry chef", "a sound engineer", "a court interpreter"],
      old: ["an insurance office", "a call centre", "a car rental"],
      years: ["six", "eleven", "four"],
    },
    lines: [
      "< Are you still at the old place?",
      "> *No, after {years} years in {old} I handed in my notice.",
      "< Wow! What now?",
      "> *I am training to become {job}. It scares me and it's right.",
    ],
    questions: [
      ["direct", "What is {P} training to become?", [1]],
      ["paraphrase", "What was {P}'s former employer?", [0]],
      ["direct", "How long did {P} work there before quitting?", [0]],
    ],
  },
  {
    slots: {
      boss: ["Mrs. Okafor", "Mr. Lindqvist", "Dr. Petrov", "Ms. Tanaka"],
      why: ["leave early on Thursdays", "bring the dog to the office", "work from the coast in winter"],
    },
    lines: ["> *My new boss, {boss}, lets me {why}.", "< Lucky you.", "> I keep waiting for the catch."],
    questions: [
      ["name", "Who is {P}'s manager?"],
      ["paraphrase", "What freedom does {P} have at the new job?"],
    ],
  },
  {
    slots: {
      proj: [
        "a tide calculator",
        "an app for lost umbrellas",
        "a map of public fountains",
        "a choir scheduling tool",
      ],
      lang: ["Rust", "Elixir", "Haskell", "Kotlin"],
    },
    lines: [
      "> *I've been hacking on {proj} at night.",
      "< In what?",
      "> *In {lang}, mostly because I wanted to learn it.",
      "< Of course you did.",
    ],
    questions: [
      ["direct", "Which programming language does {P} use for the side project?"],
      ["paraphrase", "What software is {P} building in the evenings?", [0]],
    ],
  },
  {
    slots: {
      prize: ["the regional craft award", "a research grant", "the employee medal", "a scholarship"],
      sum: ["2,500", "8,000", "12,000"],
    },
    lines: [
      "> *Guess who received {prize} yesterday? Me!",
      "< No way! Is there money in it?",
      "> *{sum} dollars, and a very ugly statue.",
      "< Put it in the bathroom.",
    ],
    questions: [
      ["time", "When did {P} receive {prize}?", [0]],
      ["direct", "How much money came with {P}'s award?", [1]],
    ],
  },
  {
    slots: {
      subj: ["marine biology", "art restoration", "midwifery", "structural engineering"],
      uni: ["Utrecht", "Coimbra", "Dunedin", "Uppsala"],
    },
    lines: [
      "< Did the letter come?",
      "> *It did: I'm accepted for {subj} in {uni}!",
      "< I knew it! When do you begin?",
      "> *Classes begin in {when}.",
    ],
    questions: [
      ["direct", "What is {P} going to study?", [0]],
      ["hops", "When will {P} start the course in {uni}?"],
    ],
  },
  {
    slots: {
      a: ["the printer caught fire", "the fire alarm went off twice", "a pigeon got into the server room"],
      who: ["the mayor", "our biggest client", "the auditors"],
    },
    lines: [
      "> *You won't believe my Tuesday: {a} while {who} stood in the lobby.",
      "< That is comedy gold.",
      "> I aged ten years.",
    ],
    questions: [
      ["paraphrase", "What mishap happened at {P}'s office?"],
      ["direct", "Who was in the lobby when {a}?"],
    ],
  },
  {
    slots: { c1: ["bookkeeper", "gardener", "translator"], c2: ["two interns", "a night guard", "a driver"] },
    lines: [
      "> *I rented a tiny workshop and opened my own business: furniture repair.",
      "< Finally!",
      "---",
      "> *The business grows, I have hired a {c1}.",
      "< From zero to boss.",
      "---",
      "> *We are five now, {c2} joined the workshop.",
      "< I am proud of you.",
    ],
    questions: [
      ["several", "Whom has {P} employed so far?", [1, 2]],
      ["direct", "What kind of company did {P} found?", [0]],
    ],
  },
  {
    slots: {
      talk: ["glaciers", "urban foxes", "medieval bread", "noise pollution"],
      city: ["Ghent", "Leipzig", "Bologna", "Porto"],
    },
    lines: [
      "> *Next month I give a talk about {talk} at a conference in {city}.",
      "< Are you nervous?",
      "> *Terribly, I rehearse in front of the fridge.",
    ],
    questions: [
      ["direct", "What is {P}'s lecture about?", [0]],
      ["paraphrase", "How does {P} practise for the presentation?", [1]],
    ],
  },
  {
    slots: {
      tool: ["a lathe", "a pottery wheel", "a loom", "a forge"],
      from: ["a monastery", "a closed factory", "an online auction"],
    },
    lines: [
      "> *I bought {tool} from {from}, it barely fit through the door.",
      "< Where will you put it?",
      "> *In the garage, the car can live outside.",
    ],
    questions: [
      ["direct", "Where did {P} get {tool}?", [0]],
      ["direct", "Where does {P} keep {tool}?"],
    ],
  },
];
