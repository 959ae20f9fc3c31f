import type { Story } from "./story.ts";

export const leisure: readonly Story[] = [
  {
    slots: {
      s1: ["bouldering", "fencing", "archery"],
      s2: ["rowing", "badminton", "judo"],
      s3: ["ice skating", "parkour", "water polo"],
    },
    lines: [
      "> *Tried {s1} for the first time, my arms are jelly.",
      "< Respect!",
      "---",
      "< Any sport lately?",
      "> *A colleague dragged me to {s2}. I was awful and I loved it.",
      "---",
      "> *Now I even go to {s3} on Fridays.",
      "< Who are you?",
    ],
    questions: [
      ["several", "Which sports has {P} tried?"],
      ["direct", "What does {P} do on Fridays?", [2]],
    ],
  },
  {
    slots: {
      inst: ["the cello", "an accordion", "the oboe", "a banjo", "the drums"],
      song: ["a tango", "an old sea shanty", "a lullaby"],
    },
    lines: [
      "< What do you do to relax?",
      "> *I practise {inst} half an hour each night, the neighbours are patient.",
      "< Can you play something already?",
      "> *Only {song}, very slowly.",
    ],
    questions: [
      ["paraphrase", "Which musical instrument does {P} play?", [0]],
      ["direct", "What piece can {P} play?", [1]],
    ],
  },
  {
    slots: {
      book: ["The Salt Road", "Nine Winters", "A Clockmaker's Daughter", "The Paper Orchard"],
      about: ["a smuggler", "two rival astronomers", "a blind gardener"],
    },
    lines: [
      '> *I stayed up until three finishing "{book}".',
      "< Any good?",
      "> *Wonderful, it follows {about} through half a century.",
      "< Adding it to my list.",
    ],
    questions: [
      ["direct", "Which novel did {P} finish?", [0]],
      ["direct", 'What is "{book}" about?', [1]],
      ["paraphrase", "What has {P} been reading?", [0]],
    ],
  },
  {
    slots: {
      paint: [
        "a storm over the harbour",
        "sunflowers in a tin can",
        "my neighbour's rooster",
        "a night train",
      ],
      med: ["watercolour", "oil", "charcoal"],
    },
    lines: [
      "> *I did {paint} in {med} this weekend. It hangs in the hall.",
      "< You're getting really good.",
      "> It keeps me sane.",
    ],
    questions: [
      ["paraphrase", "What picture did {P} paint?"],
      ["direct", "What technique did {P} use for {paint}?"],
    ],
  },
  {
    slots: {
      race: ["the half marathon", "a charity swim", "the night orienteering run"],
      time: ["2 hours and 4 minutes", "under fifty minutes", "exactly one hour"],
      cause: ["the hospice", "sea rescue", "the animal sanctuary"],
    },
    lines: [
      "> *I finished {race} on Sunday, in {time}!",
      "< Amazing! What was it for?",
      "> *We collected money for {cause}.",
    ],
    questions: [
      ["time", "When did {P} take part in {race}?", [0]],
      ["direct", "How fast was {P} in {race}?", [0]],
      ["hops", "Which good cause did {P} run or swim for?", [1]],
    ],
  },
  {
    slots: { plant: ["chillies", "dahlias", "pumpkins", "figs"], pest: ["slugs", "a badger", "hail"] },
    lines: [
      "> *My {plant} are finally growing on the balcony.",
      "< Green thumb!",
      "---",
      "> *Disaster: {pest} destroyed all my {plant}.",
      "< Oh no, I'm sorry.",
    ],
    questions: [
      ["direct", "What happened to {P}'s {plant}?", [1]],
      ["paraphrase", "What does {P} grow at home?", [0]],
    ],
  },
  {
    slots: {
      game: ["Go", "backgammon", "bridge"],
      club: ["the library cellar", "a tea house", "the fire station"],
    },
    lines: [
      "> *Every Wednesday I play {game} in {club} with retired sailors.",
      "< That sounds like a film.",
      "> They cheat like devils.",
    ],
    questions: [
      ["direct", "Where does {P} play {game}?"],
      ["paraphrase", "With whom does {P} spend Wednesday evenings?"],
    ],
  },
  {
    slots: {
      band: ["The Copper Owls", "Velvet Tram", "Nine Lanterns"],
      venue: ["an abandoned swimming pool", "a barn", "the opera steps"],
    },
    lines: [
      "< How was the concert?",
      "> *{band} played in {venue}, I lost my voice singing along.",
      "< Jealous!",
    ],
    questions: [
      ["direct", "Which band did {P} see?"],
      ["paraphrase", "At what unusual location did {P} hear live music?"],
    ],
  },
  {
    slots: {
      d1: ["risotto"],
      d2: ["sourdough"],
      d3: ["ramen"],
      c: ["an old monk's videos", "a course at the market hall"],
    },
    lines: [
      "> *I made {d1} from scratch and nothing burned.",
      "< Progress!",
      "---",
      "> *Baking {d2} is my new obsession, thanks to {c}.",
      "< I want a slice.",
      "---",
      "> *Yesterday I cooked {d3} for eight people.",
      "< Chef!",
    ],
    questions: [
      ["several", "What dishes has {P} prepared?"],
      ["direct", "Where did {P} learn to bake?", [1]],
    ],
  },
  {
    slots: {
      film: ["a documentary about eels", "an old western", "a silent film with a live pianist"],
      with: ["Greta", "Ibrahim", "Wen"],
    },
    lines: [
      "> *{with} took me to see {film}, I expected nothing and cried.",
      "< You cry at adverts.",
      "> True.",
    ],
    questions: [
      ["direct", "What did {P} watch with {with}?"],
      ["name", "Who went to the cinema with {P}?"],
    ],
  },
  {
    slots: { coll: ["matchboxes", "sea glass", "old maps", "enamel signs"], n: ["214", "87", "1,030"] },
    lines: ["> *I counted my collection: {n} {coll}.", "< You need a museum.", "> My flat is one."],
    questions: [
      ["direct", "What does {P} collect?"],
      ["direct", "How many {coll} does {P} own?"],
    ],
  },
];
