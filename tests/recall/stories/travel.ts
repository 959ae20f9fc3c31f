import type { Story } from "./story.ts";

export const travel: readonly Story[] = [
  {
    slots: {
      land: ["Iceland", "Peru", "Sri Lanka", "Georgia", "Madagascar"],
      what: ["a glacier lagoon", "a train through the clouds", "wild elephants", "a cave monastery"],
    },
    lines: [
      "< You're back! How was the holiday?",
      "> *{land} was unreal. We saw {what} on the second day.",
      "< And the weather?",
      "> Rain, mostly. Who cares.",
    ],
    questions: [
      ["paraphrase", "Which country did {P} travel to?"],
      ["direct", "What did {P} see in {land}?"],
      ["time", "When was {P} back from {land}?"],
    ],
  },
  {
    slots: {
      lost: ["passport", "wallet", "camera", "left boot"],
      where: ["a ferry", "a night bus", "the airport toilet"],
      who: ["a nun", "a street musician", "two schoolboys"],
    },
    lines: [
      "> *I lost my {lost} on {where}!",
      "< Oh no! And then?",
      "> *{who} handed it in, can you imagine?",
      "< Faith in humanity restored.",
    ],
    questions: [
      ["direct", "Where did {P} lose the {lost}?", [0]],
      ["direct", "Who found {P}'s {lost}?"],
    ],
  },
  {
    slots: { c1: ["Sicily"], c2: ["Estonia"], c3: ["Jordan"] },
    lines: [
      "> *Greetings from {c1}! The lemons here are the size of my head.",
      "< Enjoy!",
      "---",
      "> *We decided on {c2} for the long weekend, all bogs and saunas.",
      "< Unusual.",
      "---",
      "> *Just landed from {c3}, sand in every pocket.",
      "< Tell me everything.",
    ],
    questions: [
      ["several", "Which countries and islands has {P} visited?"],
      ["direct", "What did {P} say about the lemons?", [0]],
    ],
  },
  {
    slots: {
      peak: ["Mount Alba", "the Grey Tooth", "Pico Largo"],
      friend: ["Sven", "Maribel", "Kofi"],
      broke: ["a ski", "an ankle", "the tent pole"],
    },
    lines: [
      "> *{friend} and I climbed {peak} last weekend.",
      "< How was it?",
      "> *Glorious, until {friend} broke {broke} on the way down.",
    ],
    questions: [
      ["name", "With whom did {P} climb {peak}?", [0]],
      ["direct", "What did {friend} break?", [1]],
      ["time", "When did {P} go up {peak}?", [0]],
    ],
  },
  {
    slots: {
      veh: ["a campervan", "a tandem", "a sailing boat"],
      name: ["Gertrude", "Blue Whale", "Old Smokey"],
      route: ["along the Danube", "around Jutland", "down the Adriatic coast"],
    },
    lines: [
      "> *We've bought {veh} and called it {name}.",
      "< Of course it has a name!",
      "---",
      "> *With {name} {route}: three weeks, no plan.",
      "< Living the dream.",
    ],
    questions: [
      ["hops", "What route did {P} take with {veh}?"],
      ["name", "What is {P}'s {veh} called?", [0]],
    ],
  },
  {
    slots: {
      hotel: ["a former prison", "a tree house", "a lighthouse keeper's cottage"],
      near: ["Visby", "Bergamo", "Plymouth"],
    },
    lines: ["> *We slept in {hotel} near {near}.", "< Was it haunted?", "> Only by my snoring."],
    questions: [
      ["paraphrase", "What unusual accommodation did {P} stay in?"],
      ["direct", "Where is {hotel} that {P} slept in?"],
    ],
  },
  {
    slots: {
      fear: ["flying", "deep water", "heights", "tunnels"],
      help: ["a hypnotist", "breathing exercises", "a brave stewardess"],
    },
    lines: [
      "> You know that I am terrified of {fear}.",
      "< I remember!",
      "> *Well, {help} got me over it, I did it without a single tear.",
    ],
    questions: [["direct", "What helped {P} against the fear of {fear}?"]],
  },
];
