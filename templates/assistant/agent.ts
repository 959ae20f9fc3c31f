import { agent, standardTurn } from "fieldwork";

/** A conversation with a model that remembers, uses tools and learns. What it is like stands in `prompt.md` and `doktrin.md`. */
export default agent({ onMessage: standardTurn() });
