/** Installing, upgrading, exporting and removing modules. @module */
export { createInstaller, type Installer } from "./install.ts";
