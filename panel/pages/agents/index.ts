export { AgentsPage as default } from "./page.tsx";
