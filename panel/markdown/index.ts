/**
 * Markdown as elements of our own: nothing of it ever becomes markup by itself. Quick while it is being written: only the last
 * block is parsed again.
 * @module
 */

export { Markdown } from "./markdown.tsx";
