/** The owner of the house. @module */
export { deriveKey } from "./derive.ts";
export { createGuesses, type Guesses } from "./guesses.ts";
export { createOwner, type Owner, ownerMigrations } from "./owner.ts";
