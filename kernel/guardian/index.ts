/** The seal of the core, and safe mode. @module */
export { createGuardian, type Guardian } from "./guardian.ts";
export { createPin, type Pin } from "./pin.ts";
export { hashCore } from "./seal.ts";
