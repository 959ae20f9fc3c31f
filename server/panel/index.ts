export { type PanelFiles, readPanelFiles } from "./files.ts";
export { PAGE_STYLE_HASH } from "./page.ts";
