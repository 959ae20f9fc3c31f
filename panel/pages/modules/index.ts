export { ModulesPage as default } from "./page.tsx";
