export { Welcome as default } from "./welcome.tsx";
