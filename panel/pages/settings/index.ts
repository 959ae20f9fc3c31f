export { SettingsPage as default } from "./page.tsx";
