/**
 * A terminal on which something is said while a person types.
 * @module
 */
export { createComposer } from "./composer.ts";
export { openScreen, type Screen, type ScreenOptions } from "./screen.ts";
