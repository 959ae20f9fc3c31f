export { ToolsPage as default } from "./page.tsx";
