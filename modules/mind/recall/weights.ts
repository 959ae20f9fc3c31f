/**
 * The constants of the ranking, in one place. Found on the labelled set in `tests/recall`, then rounded: each is a statement about
 * conversations, not about one corpus, and recall changes little around its value.
 */

/** How much of a neighbour's match counts for a memory of the same thread, by distance; a question passes more on to its answer. */
export const FROM_BEFORE = [0.5, 0.25] as const;
export const FROM_QUESTION = 0.75;
export const FROM_BEHIND = [0.3, 0.15] as const;
/** What a match anywhere in the same stretch of so many turns of a thread says about each of them. */
export const FROM_THREAD = 0.12;
export const STRETCH_TURNS = 20;

/** A name of the query that is the speaker's; one that is only said in the text, where it is a speaker's elsewhere. */
export const SPEAKER_SAID = 0.5;
export const SPEAKER_LEAST_WEIGHT = 2;
/** A name somebody here speaks under counts this much of a term as rare. */
export const TIME_WEIGHT = 4;
/** A term nobody here ever used says that the question may have no answer. */
export const UNKNOWN_SHARE = 0.7;
/** What a word of a memory that stands for several words of the query says beyond the first of them. */
export const SAME_WORD_SHARE = 0.15;
export const GRAM_SHARE = 0.6;
/** How surely a thing of a kind is meant by the name of the kind. */
export const KIND_SHARE = 0.45;

/** Texts stand in for the language around the memories: so many more than there are. */
export const PRIOR_TEXTS = 1000;
/** What the shortest text counts of one of average length: it says little beyond the words it has in common. */
export const SHORT_SHARE = 0.5;
/** Share of a text's length beyond so many times the average that counts against it, as BM25's `b`: turns that tell more answer more. */
export const LENGTH_SHARE = 0.3;
export const LONG_FROM = 3;
/** The evidence (in nats of information matched) at which a match is sure to two thirds. */
export const SURE_EVIDENCE = 5;
/** What everyday words give to it: `good morning` is no sign of anything. */
export const COMMON_SURENESS = 0.3;
export const EVERYDAY_SURENESS = 0.6;

/** What a text gains in the order that holds a time where a time is asked for, or a number. */
export const SIGN_BONUS = 0.05;

export const SUPERSEDED_SHARE = 0.6;
/** How sure full likeness by vectors is. */
export const VECTOR_SHARE = 0.8;
/** How much of its score a memory lends to one that shares a rare name with it. */
export const BRIDGE_SHARE = 0.35;

/** Nothing with a lower score is given. */
export const FLOOR = 0.33;
/**
 * A question about somebody or something that the memories know by name may be answered by weaker signs; one that asks for many
 * memories wants them all.
 */
export const FLOOR_OF_KNOWN = 0.1;
export const FLOOR_OF_MANY = 0.02;
export const MANY = 12;
/** Where the best match is as sure as this, the question is about something that is remembered, named or not. */
export const SURE = 0.6;
