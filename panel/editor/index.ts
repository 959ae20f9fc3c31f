/**
 * The texts of a module, edited in the browser. The editor itself is large, so it is loaded when it is first shown.
 * @module
 */
import { lazy } from "react";

/** One file of a module. */
export const FileEditor = lazy(() => import("./file_editor.tsx"));
/** All its files, their problems, and a place to try it. */
export const Workbench = lazy(() => import("./workbench.tsx"));
