export { AgentsPage as default } from "./page.tsx";
export { StateBadge } from "./state.tsx";
