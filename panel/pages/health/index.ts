export { HealthPage as default } from "./page.tsx";
