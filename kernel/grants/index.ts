/** What each module may ask for. @module */
export { createGrants, existsHere, type Grants, grantMigrations, readGrant } from "./grants.ts";
export { inPlainWords } from "./plain-words.ts";
