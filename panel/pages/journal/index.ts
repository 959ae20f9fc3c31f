export { JournalPage as default } from "./page.tsx";
