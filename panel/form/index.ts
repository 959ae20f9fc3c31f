/**
 * Forms drawn from a JSON Schema.
 * @module
 */

export { SchemaField } from "./field.tsx";
export { SchemaForm } from "./form.tsx";
export { fieldKind, type Schema, words } from "./schema.ts";
