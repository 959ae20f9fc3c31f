export { MindPage as default } from "./page.tsx";
