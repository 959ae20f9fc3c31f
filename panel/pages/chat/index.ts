export { ChatPage as default } from "./page.tsx";
