import { z } from "zod";
import { defineTool } from "#contract";
import { atDesk } from "../../desk/index.ts";
import { text } from "./text.ts";

export const textLines = defineTool({
  name: "text.lines",
  version: 1,
  title: "Split, filter and sort lines",
  summary:
    "Split a text into lines or at a separator; keep those that contain something, sort them, drop repetitions, take a range.",
  keywords:
    "split sort unique deduplicate filter head tail separate list order reverse join zeilen sortieren trennen aufteilen ordenar líneas trier lignes",
  input: z.object({
    text,
    separator: z.string().min(1).max(100).default("\n").describe("Where to split; a line break by default"),
    contains: z.string().max(1000).optional().describe("Keep only the parts that contain this"),
    without: z.string().max(1000).optional().describe("Drop the parts that contain this"),
    trim: z.boolean().default(false).describe("Cut white space around each part and drop empty ones"),
    unique: z.boolean().default(false).describe("Keep each part once"),
    sort: z.enum(["none", "up", "down"]).default("none").describe("By alphabet, numbers by their value"),
    from: z.int().min(1).default(1).describe("First part to give, from 1"),
    limit: z.int().min(1).max(10_000).default(10_000).describe("How many parts at most"),
  }),
  output: z.object({
    lines: z.array(z.string()).describe("The parts"),
    total: z.int().describe("How many there are before `from` and `limit`"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { text: "pear\napple\npear", unique: true, sort: "up" },
    { text: "a, b, c", separator: ",", trim: true },
  ],
  run: (args, place) => atDesk("lines", args, place.signal),
});
