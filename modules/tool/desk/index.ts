/** Work on texts that may take long, away from the server's event loop. @module */
export { atDesk, closeDesk } from "./desk.ts";
