import { z } from "zod";

export const format = z
  .enum(["base64", "base64url", "hex", "url", "html", "json"])
  .describe("url: percent signs, as in a query; html: character references; json: a quoted string");
export const text = z.string().max(1_000_000);
