/** What a built-in module gets of the kernel. @module */
export { createHosts, type Hosts } from "./hosts.ts";
