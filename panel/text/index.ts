import { en } from "./en/index.ts";

/** Every text of the panel, in the viewer's language. Another language is another table of this shape. */
export type Text = typeof en;

export const t: Text = en;
