/**
 * Choosing a model, in the first run and in the settings.
 * @module
 */

export { ModelChooser } from "./chooser.tsx";
