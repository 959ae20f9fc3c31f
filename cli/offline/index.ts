/** What is done to a home that no server uses, by the program itself. @module */
export { resetOffline } from "./reset.ts";
