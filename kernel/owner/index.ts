/** The owner of the house. @module */
export { deriveKey } from "./derive.ts";
export { createOwner, type Owner, ownerMigrations } from "./owner.ts";
