/** The second column: agents and conversations. @module */
export { ConversationMenu } from "./menu.tsx";
export { NoAgents, Sidebar } from "./sidebar.tsx";
