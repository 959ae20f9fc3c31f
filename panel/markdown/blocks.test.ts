import fc from "fast-check";
import { expect, test } from "vitest";
import { type Blocks, splitBlocks } from "./blocks.ts";

const TEXT = `# Title

A paragraph with **bold**
on two lines.

- one

- two
  - inner

\`\`\`ts
const a = 1;

const b = 2;
\`\`\`

| a | b |
|--|--|
| 1 | 2 |

$$
x = 1

y = 2
$$

[ref]: https://example.org "Title"
Last words, see [ref].
`;

const whole = ({ done, last }: Blocks) => [...done, last].map((one) => one.trim()).filter(Boolean);

test("a text that comes in pieces is taken apart as the whole is", () => {
  const expected = whole(splitBlocks(TEXT));
  expect(expected).toHaveLength(7);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 400 }), (sizes) => {
      let blocks: Blocks | undefined;
      let at = 0;
      for (const size of [...sizes, TEXT.length]) {
        at = Math.min(TEXT.length, at + size);
        blocks = splitBlocks(TEXT.slice(0, at), blocks);
      }
      expect(whole(blocks as Blocks)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

test("blocks that are done stay the very same while the last one grows", () => {
  const first = splitBlocks("One.\n\nTwo");
  const second = splitBlocks("One.\n\nTwo and more", first);
  expect(second.done).toBe(first.done);
  expect(second.last).toBe("Two and more");
});

test("another text begins anew", () => {
  expect(whole(splitBlocks("Else", splitBlocks("One.\n\nTwo")))).toEqual(["Else"]);
});

test("an item after an empty line still belongs to the list before", () => {
  const first = splitBlocks("- one\n\n");
  expect(splitBlocks("- one\n\n- two", first)).toMatchObject({ done: [], last: "- one\n\n- two" });
});
