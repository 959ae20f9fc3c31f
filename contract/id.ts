import { z } from "zod";

/** The id of a module; the folder of an agent is `<id>.fwagent`. */
export const moduleId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{2,31}$/,
    "an id has 3 to 32 characters: small letters, digits and '-', a letter first",
  );

export const functionName = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*$/, "a function name has small letters, digits and '_', a letter first");
