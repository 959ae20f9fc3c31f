import type { Story } from "./story.ts";

export const family: readonly Story[] = [
  {
    slots: {
      animal: ["terrier", "tabby cat", "parrot", "greyhound", "rabbit"],
      pet: ["Biscuit", "Momo", "Pickles", "Juno", "Waffles", "Ziggy"],
      n: ["four", "seven", "nine"],
    },
    lines: [
      "< What's new at your place?",
      "> *We finally brought home a {animal} from the shelter, {pet} is already chewing my shoes.",
      "< Oh, adorable! How old?",
      "> *About {n} months, the vet says.",
      "< Send pictures!",
    ],
    questions: [
      ["name", "What is the name of the pet that {P} adopted?", [0]],
      ["direct", "How old is {pet}?", [1]],
      ["paraphrase", "Where did {P} get {pet}?", [0]],
    ],
  },
  {
    slots: {
      bro: ["Tobias", "Nikhil", "Andre", "Felix", "Marek"],
      firm: ["a shipyard", "the planetarium", "a bakery chain", "the power company", "an animation studio"],
    },
    lines: [
      "> *My brother {bro} is visiting this week, the house is loud again.",
      "< Sounds lively!",
      "---",
      "< Any news from home?",
      "> *{bro} signed with {firm}, he starts on Monday.",
      "< Good for him!",
    ],
    questions: [
      ["hops", "Where does {P}'s brother work?"],
      ["name", "What is {P}'s brother called?", [0]],
    ],
  },
  {
    slots: {
      kid: ["Lena", "Omar", "Ivy", "Theo", "Paloma"],
      thing: [
        "a volcano out of papier-mâché",
        "a robot arm from scrap",
        "a model of the solar system",
        "a wind turbine",
      ],
      prize: ["second place", "a ribbon", "first prize"],
    },
    lines: [
      "< How are the kids?",
      "> *{kid} spent three evenings building {thing} for school.",
      "< Impressive! Did it go well?",
      "> *It won {prize} at the fair, we were so proud.",
    ],
    questions: [
      ["direct", "What did {kid} build for school?", [0]],
      ["paraphrase", "How did {P}'s child do in the science competition?", [1]],
    ],
  },
  {
    slots: {
      dish: ["pierogi", "moussaka", "jollof rice", "apple strudel", "tamales"],
      town: ["Gdansk", "Thessaloniki", "Lagos", "Graz", "Oaxaca"],
    },
    lines: [
      "> I was going through old recipes yesterday.",
      "< Anything good?",
      "> *My grandmother's {dish}. She learned it as a girl in {town}, long before the war.",
      "< Family treasures are the best.",
    ],
    questions: [
      ["direct", "Which recipe did {P} get from her family?"],
      ["paraphrase", "Where did {P}'s grandma grow up?"],
    ],
  },
  {
    slots: {
      place: ["the botanical garden", "a lighthouse", "an old mill", "a vineyard"],
      person: ["Dana", "Samir", "Helene", "Costa"],
    },
    lines: [
      "> *I have to tell you: {person} and I got engaged!",
      "< Congratulations! Where is the wedding going to be?",
      "> *We booked {place}, in the small hall, sixty guests.",
      "< I can't wait.",
    ],
    questions: [
      ["name", "Who is {P} going to marry?", [0]],
      ["direct", "Where will {P}'s wedding take place?", [1]],
      ["direct", "How many people are invited to {P}'s wedding?", [1]],
    ],
  },
  {
    slots: {
      sis: ["Renata", "Yuki", "Bettina", "Amara"],
      city: ["Lisbon", "Oslo", "Montreal", "Nairobi"],
      street: ["above a bookshop", "on a houseboat", "near the cathedral"],
    },
    lines: [
      "> *My sister {sis} moved to {city} for her studies.",
      "< Brave! Does she like it?",
      "> She misses the food.",
      "---",
      "> *I visited {sis} over the holidays. She lives {street} now.",
      "< That must have been a nice change.",
    ],
    questions: [
      ["hops", "In which city did {P} spend the holidays?"],
      ["direct", "Where does {sis} live exactly?", [1]],
    ],
  },
  {
    slots: {
      mum: ["retired from the post office", "sold her flower shop", "stopped teaching chemistry"],
      new: ["carving wooden birds", "studying Arabic", "keeping bees", "singing in a choir"],
    },
    lines: [
      "< How is your mum these days?",
      "> *She {mum} in spring and now she spends her days {new}.",
      "< Good for her, she deserves it.",
    ],
    questions: [
      ["paraphrase", "What does {P}'s mother do since she gave up her job?"],
      ["direct", "What did {P}'s mother do before?"],
    ],
  },
  {
    slots: {
      gift: ["a typewriter", "a telescope", "a fountain pen", "a kayak paddle"],
      who: ["uncle", "aunt", "godfather", "cousin"],
    },
    lines: [
      "> *Look what came with the mail: my {who} sent me {gift} for my birthday.",
      "< What a thoughtful present!",
      "> It is even older than me.",
    ],
    questions: [
      ["direct", "Who gave {P} {gift}?"],
      ["paraphrase", "What present did {P} receive from a relative?"],
    ],
  },
  {
    slots: {
      trip: ["walk to the duck pond", "go to the model railway", "play chess in the park"],
      gramp: ["Grandpa Leo", "Grandpa Artur", "Grandpa Hugo"],
    },
    lines: [
      "> When I was small, Sundays were holy.",
      "< Church?",
      "> *No! {gramp} and I would {trip}, every single week.",
      "< That's a lovely memory.",
    ],
    questions: [
      ["paraphrase", "What childhood tradition did {P} have with a grandparent?"],
      ["name", "With whom did {P} {trip} as a child?"],
    ],
  },
  {
    slots: {
      one: ["Nora", "Emil", "Sunita"],
      two: ["Caleb", "Frida", "Tariq"],
      three: ["Mila", "Jonas", "Zola"],
    },
    lines: [
      "> *{one} turned twelve today, I cannot believe it.",
      "< They grow so fast.",
      "---",
      "> *{two} has started kindergarten and cried less than I did.",
      "< Ha! Poor you.",
      "---",
      "> *Our youngest, {three}, took the first steps in the kitchen!",
      "< Hooray!",
    ],
    questions: [
      ["several", "What are the names of {P}'s children?"],
      ["direct", "Which of {P}'s kids learned to walk?", [2]],
    ],
  },
];
