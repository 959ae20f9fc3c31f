/** Where messages are written. @module */
export { Composer } from "./composer.tsx";
