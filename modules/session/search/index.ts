/** Finding what was said in conversations: an index in each agent's file, and a thread that searches them. @module */
export { gone, index, indexLater, unindex } from "./said.ts";
export { createSearch, type Search } from "./search.ts";
