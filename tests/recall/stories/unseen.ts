import type { Story } from "./story.ts";

/**
 * Stories that were written after the ranking and its table of ideas. Two general choices were made with them in sight (the lower floor
 * for those who ask for many memories, and that longer memories come first among what hardly fits); no word of the table was. What
 * they show comes nearer to talk that nobody here wrote than the other stories do. Do not tune to them.
 */
export const unseen: readonly Story[] = [
  {
    lines: [
      "> *I joined the volunteer fire brigade, the training is brutal.",
      "< What made you do that?",
      "> *Our barn burned down when I was nine and I never forgot who came.",
    ],
    questions: [
      ["direct", "What did {P} join?", [0]],
      ["paraphrase", "What motivated {P} to become a firefighter?", [1]],
    ],
  },
  {
    slots: { n: ["three", "fourteen", "twenty-two"] },
    lines: [
      "> *The moths got into my wardrobe and ate {n} jumpers.",
      "< Cedar blocks help, I've heard.",
      "> *I'm trying lavender bags first, my aunt swears by them.",
    ],
    questions: [
      ["direct", "What damaged {P}'s jumpers?", [0]],
      ["direct", "What does {P} use against the moths?", [1]],
    ],
  },
  {
    lines: [
      "< Did you settle things with the insurance?",
      "> *They paid for the flooded basement at last, after seven months of letters.",
      "< Unbelievable.",
    ],
    questions: [
      ["direct", "How long did {P} wait for the insurance?"],
      ["paraphrase", "What damage was {P} compensated for?"],
    ],
  },
  {
    slots: { who: ["Leontyne", "Casimir", "Oyelaran"] },
    lines: [
      "> *My penfriend {who} and I have exchanged letters since 1998.",
      "< That's a lifetime!",
      "---",
      "> *{who} came to visit for the first time, we both cried at the station.",
      "< How wonderful.",
    ],
    questions: [
      ["direct", "Since when has {P} exchanged letters with {who}?", [0]],
      ["hops", "Where did {P} meet the penfriend in person?"],
      ["time", "When did {who} come to visit {P}?", [1]],
    ],
  },
  {
    lines: [
      "> *I was elected treasurer of the allotment society, nobody else wanted it.",
      "< Power at last!",
      "> *First act: new locks for the tool shed.",
    ],
    questions: [
      ["direct", "What position was {P} elected to?", [0]],
      ["direct", "What did {P} do first as treasurer?", [1]],
    ],
  },
  {
    lines: [
      "< You look exhausted.",
      "> *Jury duty, nine days of it, about a forged violin.",
      "< Only you get cases like that.",
    ],
    questions: [
      ["direct", "How many days was {P} on jury duty?"],
      ["paraphrase", "What was the trial about for which {P} was a juror?"],
    ],
  },
  {
    lines: [
      "> *We dug a pond behind the shed and the frogs moved in within a week.",
      "< Nature is quick.",
      "---",
      "> *A heron ate most of our frogs this morning.",
      "< Circle of life.",
    ],
    questions: [
      ["several", "What happened to the frogs in {P}'s pond?"],
      ["direct", "What did {P} dig behind the shed?", [0]],
    ],
  },
  {
    slots: { sum: ["400", "1,150", "90"] },
    lines: [
      "> *A stranger knocked over my parked motorbike and left {sum} euros under the seat with a note.",
      "< An honest soul!",
      "> I framed the note.",
    ],
    questions: [
      ["direct", "How much money did the stranger leave for {P}?"],
      ["direct", "What happened to {P}'s motorbike?"],
    ],
  },
  {
    lines: [
      "> *I finally told my parents that I dropped out of law school.",
      "< How did they take it?",
      "> *Dad laughed and said he had bet on it since the first semester.",
    ],
    questions: [
      ["direct", "What did {P} confess to the parents?", [0]],
      ["paraphrase", "How did {P}'s father react to the news?", [1]],
    ],
  },
  {
    lines: [
      "> *They discovered Roman tiles under the supermarket car park where I work, the dig lasts until June.",
      "< Did you find any gold?",
      "> Only a very old sandal.",
    ],
    questions: [
      ["direct", "What was discovered under the car park?"],
      ["direct", "Until when does the excavation at {P}'s workplace last?"],
    ],
  },
  {
    slots: { lang: ["Welsh", "Basque", "Icelandic"] },
    lines: [
      "> *I've begun learning {lang} with an app because of a song.",
      "< Which one?",
      "> *The one from the ferry, about the drowned village.",
    ],
    questions: [
      ["direct", "Which language is {P} learning?", [0]],
      ["hops", "What is the song about that made {P} learn {lang}?", [1]],
    ],
  },
  {
    lines: [
      "> *My eyesight got so bad that I waved at a scarecrow.",
      "< Time for glasses.",
      "---",
      "> *New glasses since yesterday: trees have leaves!",
      "< Welcome to the world.",
    ],
    questions: [
      ["direct", "Whom did {P} wave at by mistake?", [0]],
      ["time", "When did {P} get new glasses?", [1]],
    ],
  },
];
