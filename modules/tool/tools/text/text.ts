import { z } from "zod";

export const TEXT_MAX_CHARS = 400_000;
export const text = z.string().max(TEXT_MAX_CHARS).describe("The text");
