/**
 * A piece of what was said, with the words that were sought in it.
 * @module
 */
export { Excerpt } from "./excerpt.tsx";
