/** Settings with schema, default and meaning. @module */
export { kernelSettings } from "./kernel-settings.ts";
export { createSettings, type Settings, settingMigrations } from "./settings.ts";
