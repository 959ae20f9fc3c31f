/** Tools as data: schemas, specs, declared sets and search. @module */
export { type Catalogue, createCatalogue } from "./catalogue.ts";
export { declaredTools } from "./declared.ts";
export { toolSchema } from "./schema.ts";
export { isRepeatable, specOf } from "./spec.ts";
