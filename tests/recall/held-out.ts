import { type Conversation, conversations, type Turn } from "./conversation.ts";
import type { QuestionKind } from "./stories/story.ts";

/**
 * A dialogue of two friends over nine months, in long turns, that was written after the ranking was done: 79.6 % of its questions had all
 * their evidence among the first 20 at first sight (BM25 with stemming: 59.3 %). With it in sight, ordinals in dates, months ahead, particles
 * among synonyms and two rows of the table of ideas were mended. It is told among the turns of another conversation, so that the right turns are few among many.
 * A line is `N` (Nadia) or `T` (Teo), then perhaps the mark by which questions name it. Do not tune to it.
 */
const SESSIONS: readonly (readonly [string, string])[] = [
  [
    "2023-01-14T18:20:00Z",
    `N Hey Teo, happy new year! It has been ages, I only saw your pictures from the lake.
T Nadia! Same to you. The lake was freezing but worth it, we stayed until the second of January.
N:quit So, big news from my side. I handed in my resignation at the bank on Monday, after nine years there.
T Wow, that took courage. What finally made you do it?
N:why I kept drawing floor plans during meetings. I want to train as a landscape architect, the course starts in September in Rotterdam.
T:proud That suits you so much better than spreadsheets. You always stopped at every courtyard when we travelled.
N Ha, true. And how is your knee after the operation?
T:knee Slowly better. The physio says I may start jogging in March if the swelling stays down.
N Fingers crossed. Are you still doing the sourdough thing?
T:starter Every Sunday. My starter is called Gerald and he is three years old now, older than my niece.`,
  ],
  [
    "2023-02-05T19:02:00Z",
    `T You will not believe what happened last week. Our cellar flooded and I lost all the records that belonged to my father.
N:records Oh no, Teo, I am so sorry. Those were the jazz ones he brought from Havana, right?
T:jazz Yes, about two hundred of them. I dried eleven on the balcony, the rest are warped beyond hope.
N Is there anything I can do? I could ask around at the flea market.
T:mingus That is sweet. If you ever see Mingus, buy it. That one he played every single birthday.
N:pottery Deal. I go there anyway on Saturdays, I sell my bowls now. Did I tell you I share a kiln with two retired nuns?
T Nuns! Only you. How did that come about?
N:nuns Sister Agnes put up a note in the library, they needed a third person to split the electricity bill.
T I would pay to see the three of you around that oven.`,
  ],
  [
    "2023-03-11T17:45:00Z",
    `N:rome I am just back from four days in Trieste, I followed the gardens of Miramare with a sketchbook until my fingers went blue.
T:jog Jealous. I did my first two kilometres yesterday, very slowly, with a grandmother overtaking me.
N A start is a start! Does Billie run with you?
T:dog She does, but she stops at every lamp post. A greyhound who hates running, I adopted the only one.
N I love her for it. By the way, my brother is getting married.
T:wedding Emre? Finally! When is the big day?
N:date On the tenth of June, in our aunt's olive grove near Ayvalik. You are invited, of course, bring someone.
T:ines Then I will ask Ines. We met at the allergy clinic, of all places, we sneezed at the same time.
N Teo! You hid this the whole call. I want to hear everything.
T:teach She teaches chemistry at the evening school and builds kites. I do not understand half of what she says and I like it.`,
  ],
  [
    "2023-04-22T20:10:00Z",
    `T:oven The bakery in my street closes, and the owner asked if I want to take over the oven. Me, an insurance clerk!
N Do it! You talk about flour like other people talk about football.
T:loan I am thinking about it. The bank wants a plan for the loan until the end of May.
N:plan I wrote such plans for nine years, send it to me. I will tear it apart with love.
T You are the best. How are your lessons going?
N:dutch The Dutch ones? My mouth hurts. Four evenings a week, and the exam is on the third of July.
T And then you move, for real.
N:houseboat I found a room on a houseboat in the old harbour, with a cat included. The landlady repairs accordions.
T:cats You with a cat, after all you said about them when Olga had hers!
N People change. I even bought it a cushion.`,
  ],
  [
    "2023-06-18T10:30:00Z",
    `N:toast I still have olive leaves in my shoes. Your toast made my mother cry, she asks for a copy.
T:stung And I have a wasp sting on my neck as a souvenir. It was the most beautiful wedding I have ever been to.
N:dance Ines danced with all of my uncles. They voted, she may come back without you.
T:kite She let the little ones fly the big dragon kite. Your cousin's boy did not want to give it back.
N Leyla told me. He has talked about wind ever since.
T:approved Now sit down: the loan came through on Friday. I open in September.
N Teo! Have you told them at the insurance yet?
T:boss Yesterday. My boss laughed, then she ordered forty rolls for the farewell.
N:name What will the shop be called?
T:gerald Gerald and Daughter. There is no daughter, but my niece insists.`,
  ],
  [
    "2023-07-09T19:15:00Z",
    `N:passed I passed! Eighty-one out of a hundred, and the examiner praised my swear words.
T Gefeliciteerd! Is that right?
N Perfect. I celebrated with raw herring and regretted it at once.
T:gluten Speaking of food, Ines cannot eat wheat, we found out last month. The universe laughs at me.
N:rice So you bake for the whole street and not for her?
T:buckwheat I have tried eleven recipes with buckwheat and rice. The last one did not taste of cardboard any more.
N:mingus2 You will get there. Oh, and look what I found under a table of lamps: Mingus Ah Um, first pressing, two scratches.
T:cry I am sitting on the kitchen floor and crying, Nadia. Thank you. I will play it on his birthday.
N When is it?
T:birthday The twenty-eighth of August. He would have been seventy.`,
  ],
  [
    "2023-09-03T18:00:00Z",
    `T:opening Opening day was yesterday. We were sold out by ten, and a man proposed to his girlfriend in the queue.
N I saw the picture of the queue, it went around two corners! Were you terrified?
T:burn Only of the oven. I burned my left forearm on the door, it looks like a map of Portugal.
N:first My first week is done too. We are twenty-three in the class and I am the oldest by eight years.
T Do they call you ma'am?
N:project They call me the banker. We have to redesign a car park behind the fish market, my group wants a meadow for bees.
T And the boat? Do you sleep well on water?
N:storm Like a stone, until the storm on Thursday: the cat and I ended up under the table. The landlady played accordion to calm us.
T:help I need a second baker, by the way. My cousin Rui starts on the first of October, he left the navy.
N:rui Rui who cooked for the whole ship? You are lucky.`,
  ],
  [
    "2023-10-15T16:40:00Z",
    `N:prize Our meadow won! The city will build it in spring, with a bench that I drew.
T A bench by Nadia. I will come and sit on it with Billie.
N:billie How is the old lady? You wrote that she was at the vet.
T:limp A thorn in the paw, nothing more. She limps when somebody is watching and runs when there is cheese.
N What an actress. And you two?
T:move We moved in together last week. Her kites hang in my hallway, I hit my head on a whale each morning.
N:marathon And the running? You wanted to do the half marathon in Porto.
T:cancel I gave it up, I stand on my feet from two in the morning. I swim now, on Mondays, when the shop is closed.
N Swimming is kinder to the knee anyway.
T:nuns2 Tell me about Sister Agnes, does she keep the kiln going without you?
N:agnes She does. She sent me a teapot shaped like a bishop, and she has taken up boxing.`,
  ],
];

const QUESTIONS: readonly (readonly [QuestionKind, string, readonly string[]])[] = [
  ["time", "When did Nadia resign from the bank?", ["quit"]],
  ["direct", "How long did Nadia work at the bank?", ["quit"]],
  ["direct", "What does Nadia want to become?", ["why"]],
  ["direct", "In which city does Nadia's course take place?", ["why"]],
  ["name", "What is Teo's sourdough starter called?", ["starter"]],
  ["paraphrase", "What did Teo have surgery on?", ["knee"]],
  ["direct", "What did Teo lose when the cellar flooded?", ["records", "jazz"]],
  ["direct", "How many records did Teo dry on the balcony?", ["jazz"]],
  ["direct", "Which musician did Teo's father play every birthday?", ["mingus"]],
  ["direct", "With whom does Nadia share a kiln?", ["pottery"]],
  ["hops", "How did Nadia meet the nuns?", ["nuns"]],
  ["direct", "What does Nadia sell at the flea market?", ["pottery"]],
  ["time", "When was Nadia in Trieste?", ["rome"]],
  ["paraphrase", "Which breed is Teo's pet?", ["dog"]],
  ["paraphrase", "What is odd about Teo's dog?", ["dog"]],
  ["time", "When does Nadia's brother get married?", ["date"]],
  ["direct", "Where does Emre's wedding take place?", ["date"]],
  ["direct", "Where did Teo meet Ines?", ["ines"]],
  ["direct", "What does Ines teach?", ["teach"]],
  ["paraphrase", "What is the profession of Teo's girlfriend?", ["teach"]],
  ["paraphrase", "What hobby does Ines have?", ["teach"]],
  ["several", "What does Ines do with kites?", ["teach", "kite", "move"]],
  ["direct", "Who asked Teo to take over the oven?", ["oven"]],
  ["paraphrase", "What was Teo's occupation before the bakery?", ["oven"]],
  ["direct", "Until when does the bank want a plan from Teo?", ["loan"]],
  ["direct", "Which language does Nadia learn?", ["dutch"]],
  ["time", "When is Nadia's Dutch exam?", ["dutch"]],
  ["direct", "What score did Nadia get in the exam?", ["passed"]],
  ["paraphrase", "Where will Nadia live in the Netherlands?", ["houseboat"]],
  ["direct", "What does Nadia's landlady repair?", ["houseboat"]],
  [
    "several",
    "Which instrument does the landlady of the houseboat play and when did she play it?",
    ["houseboat", "storm"],
  ],
  ["direct", "Who cried at Teo's toast?", ["toast"]],
  ["paraphrase", "How was Teo injured at the wedding?", ["stung"]],
  ["time", "When was Teo's loan approved?", ["approved"]],
  ["name", "What is the name of Teo's bakery?", ["gerald"]],
  ["direct", "How did Teo's boss react to the farewell?", ["boss"]],
  ["direct", "What can Ines not eat?", ["gluten"]],
  ["paraphrase", "Which grains did Teo use to bake for Ines?", ["buckwheat"]],
  ["hops", "Which record did Nadia find for Teo?", ["mingus2"]],
  ["time", "When is the birthday of Teo's father?", ["birthday"]],
  ["time", "When did Teo open the bakery?", ["opening"]],
  ["direct", "What happened in the queue on opening day?", ["opening"]],
  ["paraphrase", "What wound did Teo get from the oven?", ["burn"]],
  ["direct", "How many people are in Nadia's class?", ["first"]],
  ["direct", "What does Nadia's group want to build behind the fish market?", ["project"]],
  ["hops", "What did Nadia's group win with?", ["project", "prize"]],
  ["direct", "Who starts working with Teo in October?", ["help"]],
  ["direct", "Where did Rui work before?", ["help"]],
  ["direct", "What was wrong with Billie's paw?", ["limp"]],
  ["contradiction", "Which exercise does Teo do now instead of running?", ["cancel"]],
  ["several", "What sports has Teo done?", ["jog", "cancel"]],
  ["direct", "What has Sister Agnes taken up?", ["agnes"]],
  ["several", "What gifts were sent or found for a friend?", ["mingus2", "agnes"]],
  ["several", "What do both Nadia and Teo like to do with their hands?", ["starter", "pottery"]],
];

/** The dialogue, told session by session among the turns of the first of {@link conversations}, as if the same two had said them. */
export function heldOut(): Conversation {
  const [other] = conversations() as [Conversation];
  const [a, b] = other.speakers;
  const named = (text: string): string => text.replaceAll(a, "Nadia").replaceAll(b, "Teo");
  const marks = new Map<string, string>();
  const told = SESSIONS.flatMap(([begins, lines], at) =>
    lines.split("\n").map((line, place): Turn => {
      const [, who, mark, text] = /^([NT])(?::(\w+))? (.*)$/.exec(line) as RegExpExecArray;
      const id = `h${at}:${place}`;
      if (mark) marks.set(mark, id);
      return {
        id,
        session: `h${at}`,
        speaker: who === "N" ? "Nadia" : "Teo",
        at: new Date(Date.parse(begins) + place * 90_000).toISOString(),
        text: text as string,
      };
    }),
  );
  const around = other.turns.map((turn) => ({
    ...turn,
    speaker: named(turn.speaker),
    text: named(turn.text),
  }));
  const turns = [...around, ...told].sort((x, y) => (x.at < y.at ? -1 : x.at > y.at ? 1 : 0));
  const questions = QUESTIONS.map(([kind, text, evidence]) => ({
    kind,
    text,
    evidence: evidence.map((mark) => {
      const id = marks.get(mark);
      if (id === undefined) throw new Error(`no turn is marked ${mark}`);
      return id;
    }),
  }));
  return { name: "Nadia and Teo", speakers: ["Nadia", "Teo"], turns, questions };
}
