import { z } from "zod";

/**
 * A file in a home that was put back from a backup, or that an upgrade was taken back to: until the first start on it has ended
 * what must not come back.
 */
export const RESTORED_FILE = "restored.json";

/** `over`: where the home is kept that was there before, an absolute path beside it; `null` where there was none. */
export const restoredMark = z.strictObject({ over: z.string().nullable() });
export type RestoredMark = z.infer<typeof restoredMark>;
