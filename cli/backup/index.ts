/**
 * Backups of a home, putting one back, and upgrades on a copy. All work on a home that no server uses.
 * @module
 */
export { createBackup, createLiveBackup } from "./create.ts";
export { BACKUP_FILE, type BackupManifest, backupManifest, LEFT_OUT } from "./manifest.ts";
export { type Restored, restoreBackup } from "./restore.ts";
export { type BackupService, backupModule } from "./serve.ts";
export { finishSwap } from "./swap.ts";
export { tryOut } from "./trial.ts";
export { rollbackHome, type Upgraded, upgradeHome, upgradeNeeded } from "./upgrade.ts";
export { validateBackup } from "./validate.ts";
