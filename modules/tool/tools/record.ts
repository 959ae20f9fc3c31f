import { z } from "zod";
import { jsonValue } from "#contract";

/** Any JSON object, said so in the schema, too. */
export const record = z.record(z.string(), jsonValue);
