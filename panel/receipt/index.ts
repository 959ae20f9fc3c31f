/**
 * An event of the journal as proof of what happened: its words, its hashes and whether they hold. Opened from anywhere.
 * @module
 */

export { EventDialog } from "./dialog.ts";
export { familyOf, type Hue, sentenceOf, tookMs, wentWell } from "./kind.ts";
export { Receipt } from "./receipt.tsx";
