/**
 * What everyone agrees on: capabilities, manifests, messages, events, errors. Imports nothing but zod; it only ever grows.
 * @module
 */

export { fs } from "./capabilities/fs.ts";
export { type Approval, type Ask, approval, type ModuleInfo, moduleInfo } from "./capabilities/module.ts";
export { outside } from "./capabilities/outside.ts";
export { store } from "./capabilities/store.ts";
export type { Health } from "./capabilities/system.ts";
export * from "./capability.ts";
export * from "./catalogue.ts";
export * from "./errors.ts";
export * from "./event.ts";
export * from "./grant.ts";
export * from "./id.ts";
export * from "./json.ts";
export * from "./manifest.ts";
export * from "./message.ts";
export * from "./module.ts";
export * from "./pack.ts";
export * from "./reply.ts";
export * from "./schema.ts";
export * from "./scope.ts";
export * from "./version.ts";
