import { z } from "zod";

/** Notes stand among the agent's own values under their own prefix, so that they never meet with others. */
export const PREFIX = "note.";
export const name = z.string().min(1).max(200).describe("Name of the note, such as plan");
