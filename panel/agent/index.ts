/**
 * Agents for a person's eyes: by their names, everywhere.
 * @module
 */
export { AgentName } from "./agent_name.tsx";
export { type NameOf, useNames } from "./use_names.ts";
