import { z } from "zod";
import { defineTool } from "#contract";
import type { WorkPlace } from "../../place.ts";
import { name, PREFIX } from "./name.ts";

export const setNote = defineTool({
  name: "note.set",
  version: 1,
  title: "Keep a note",
  summary:
    "Keep a working note under a name, for steps and results of a long task; the same name replaces it.",
  keywords:
    "scratchpad jot down draft intermediate save variable key value notiz merken notieren anotar nota noter",
  input: z.object({ name, text: z.string().max(100_000).describe("The note") }),
  output: z.object({ ok: z.literal(true).describe("It is kept") }),
  needs: ["store.kv.set"],
  effect: "write",
  runs: "server",
  repeatable: true,
  examples: [{ name: "plan", text: "1. read 2. compare" }],
  async run({ name, text }, place: WorkPlace) {
    await place.call("store.kv.set", { k: PREFIX + name, v: { text, outside: place.tainted } });
    return { ok: true as const };
  },
});
