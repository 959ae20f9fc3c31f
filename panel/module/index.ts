/**
 * What is shown of a module wherever one stands: an agent in its list, any other among the modules.
 * @module
 */

export { StateBadge } from "./state.tsx";
