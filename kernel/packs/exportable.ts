const PRIVATE_NAMES = [/^state\.db/i, /^\.env(\.|$)/i, /\.(key|pem|p12|pfx)$/i];

/** Whether a file may leave with its folder: an agent's state, environment files and keys may not. */
export function exportable(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return !PRIVATE_NAMES.some((pattern) => pattern.test(name));
}
