import { z } from "zod";

export const path = z
  .string()
  .max(4096)
  .describe("Path in the workspace, such as notes/plan.md; /shared/… and other absolute paths where granted");

/** One way to write a path of the workspace. */
export const plainPath = (written: string): string => {
  const parts = written.replace(/^\/workspace(?=\/|$)\/?/, "").split("/");
  const kept = parts.filter((part, at) => part !== "." && (part !== "" || at === 0));
  return kept.join("/");
};
