/** Secrets at rest, and the place where their handles are filled in. @module */
export { type KeyRing, openKeyRing } from "./key-ring.ts";
export { createVault, HANDLE, handleOf, type Vault, vaultMigrations } from "./vault.ts";
