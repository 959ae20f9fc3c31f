import type { Hit } from "#contract";
import type { Query } from "./query.ts";
import type { Ranked } from "./rank.ts";

/** In plain words, why a memory was found. */
export function whyFound(
  { passage, own, around, timely, alike, bridge }: Ranked,
  { sought }: Query,
): string[] {
  const why: string[] = [];
  const held = sought.filter((_, at) => (passage.match[at] as number) > 0);
  const words = held
    .filter(({ speaker, terms, word }) => !speaker && terms.get(word) === 1)
    .map(({ word }) => word);
  const others = held
    .filter(({ speaker, terms, word }) => !speaker && terms.get(word) !== 1)
    .map(({ word }) => word);
  const speakers = sought
    .filter(({ speaker }, at) => speaker && passage.match[at] === 1)
    .map(({ word }) => word);
  if (words.length > 0) why.push(`it speaks of ${list(words)}`);
  if (others.length > 0) why.push(`it has words like ${list(others)}`);
  if (speakers.length > 0) why.push(`said by ${list(speakers)}`);
  if (around - own > 0.1) why.push("what was said beside it fits");
  if (timely > 0) why.push("it fits the time asked for");
  if (alike > 0) why.push("it means much the same");
  if (bridge > 0) why.push("it shares a name with what fits best");
  if (passage.superseded_by !== null) why.push("a newer memory has taken its place");
  return why;
}

/** What a score is made of, by the sign that speaks for the memory. */
export function partsOf(
  { passage, own, around, timely, alike, bridge }: Ranked,
  { sought, weight }: Query,
): NonNullable<Hit["parts"]> {
  let spoken = 0;
  for (const [at, one] of sought.entries())
    if (one.speaker) spoken += one.weight * (passage.match[at] as number);
  const speaker = weight === 0 ? 0 : spoken / weight;
  return {
    words: share(own - speaker),
    neighbours: share(around - own),
    speaker: share(speaker),
    entities: share(bridge),
    time: share(timely),
    vector: share(alike),
  };
}

const share = (value: number): number => Math.round(Math.max(0, Math.min(1, value)) * 1000) / 1000;
const list = (words: readonly string[]): string => words.slice(0, 6).join(", ");
