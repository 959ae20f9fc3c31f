/** The text files of a module's folder, as its owner edits them. @module */
export { createModuleFiles, type ModuleFiles } from "./module-files.ts";
