/** The owner of the house. @module */
export { createOwner, deriveKey, type Owner, ownerMigrations } from "./owner.ts";
