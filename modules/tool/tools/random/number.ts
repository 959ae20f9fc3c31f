import { randomInt } from "node:crypto";
import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";

const SPAN_MAX = 2 ** 48 - 2;

export const randomNumbers = defineTool({
  name: "random.number",
  version: 1,
  title: "Random numbers, dice and draws",
  summary:
    "Random whole numbers in a range, or items drawn from a list; fair, from the operating system's generator.",
  keywords:
    "dice roll coin flip lottery pick choose shuffle draw zufall würfel zufällig losen azar dado hasard",
  input: z.object({
    min: z.int().default(1).describe("Smallest number"),
    max: z.int().default(6).describe("Largest number"),
    count: z.int().min(1).max(1000).default(1).describe("How many"),
    from: z
      .array(z.string().max(1000))
      .max(10_000)
      .optional()
      .describe("Draw from these instead of from numbers"),
    repeat: z.boolean().default(true).describe("The same may come again; false to draw without putting back"),
  }),
  output: z.object({
    drawn: z.array(z.union([z.number(), z.string()])).describe("What was drawn, in order"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{ count: 2 }, { from: ["heads", "tails"] }],
  run({ min, max, count, from, repeat }) {
    const size = from?.length ?? max - min + 1;
    if (size < 1 || size > SPAN_MAX || (!repeat && count > size))
      throw new FieldworkError("invalid_input", `From ${Math.max(0, size)} values ${count} cannot be drawn.`);
    const taken = repeat ? Array.from({ length: count }, () => randomInt(size)) : distinct(size, count);
    return Promise.resolve({ drawn: taken.map((at) => from?.[at] ?? min + at) });
  },
});

/** Robert Floyd's algorithm; shuffled, since it favours an order. https://doi.org/10.1145/30401.315746 */
function distinct(size: number, count: number): number[] {
  const taken = new Set<number>();
  for (let top = size - count; top < size; top++) {
    const at = randomInt(top + 1);
    taken.add(taken.has(at) ? top : at);
  }
  const drawn = [...taken];
  for (let at = drawn.length - 1; at > 0; at--) {
    const other = randomInt(at + 1);
    [drawn[at], drawn[other]] = [drawn[other] as number, drawn[at] as number];
  }
  return drawn;
}
