import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FieldworkError } from "#contract";
import { openArchive } from "./archive.ts";
import { agentEntries } from "./fixtures/agent.ts";
import { rawZip } from "./fixtures/raw_zip.ts";
import { scratch } from "./fixtures/scratch.ts";
import { placeContents } from "./place.ts";

const MUTATIONS = 1500;
const valid = rawZip([
  ...agentEntries("greeter.fwagent/"),
  { name: "greeter.fwagent/skills/", mode: 0o040755 },
  { name: "greeter.fwagent/skills/a.md", content: "abc".repeat(500), method: 8, mode: 0o100644 },
]);
const INTERESTING = [0, 1, 0x2e, 0x2f, 0x5c, 0x7f, 0x80, 0xff];

type Mutation = (zip: Buffer) => Buffer;
const at = fc.nat(valid.length - 1);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc
    .tuple(at, fc.oneof(fc.nat(255), fc.constantFrom(...INTERESTING)))
    .map(([place, byte]) => (zip: Buffer) => {
      const changed = Buffer.from(zip);
      changed[place % Math.max(1, zip.length)] = byte;
      return changed;
    }),
  fc.tuple(at, fc.nat(40)).map(
    ([place, count]) =>
      (zip: Buffer) =>
        Buffer.concat([zip.subarray(0, place), zip.subarray(place + count)]),
  ),
  fc.tuple(at, at, fc.nat(60)).map(
    ([from, to, count]) =>
      (zip: Buffer) =>
        Buffer.concat([zip.subarray(0, to), zip.subarray(from, from + count), zip.subarray(to)]),
  ),
);

test("a valid zip with bytes changed is unpacked or refused, quickly, and never outside its folder", async () => {
  const outside = scratch();
  const file = join(outside, "a.zip");
  let unpacked = 0;
  let slowest = 0;
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
      writeFileSync(
        file,
        mutations.reduce((zip, mutate) => mutate(zip), valid),
      );
      const into = join(outside, `into${run++}`);
      mkdirSync(into);
      const start = performance.now();
      try {
        await placeContents(await openArchive(file), into);
        unpacked++;
      } catch (error) {
        expect(error).toBeInstanceOf(FieldworkError);
        expect(["module_invalid", "too_large", "invalid_input"]).toContain((error as FieldworkError).code);
      }
      slowest = Math.max(slowest, performance.now() - start);
    }),
    { numRuns: MUTATIONS },
  );
  expect(readdirSync(outside)).toHaveLength(run + 1);
  expect(slowest).toBeLessThan(5000);
  expect(unpacked).toBeGreaterThan(0);
});
