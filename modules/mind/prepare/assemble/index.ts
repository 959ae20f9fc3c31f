/** A turn's context from its material, without any input or output. @module */
export { type Assembled, assemble } from "./assemble.ts";
export { isImage } from "./attachments.ts";
export type { Material, Rule, Skill, Used } from "./material.ts";
