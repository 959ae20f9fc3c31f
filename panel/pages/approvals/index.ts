export { ApprovalsPage as default } from "./page.tsx";
