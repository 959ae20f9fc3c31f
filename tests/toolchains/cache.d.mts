/** A folder of the cache, made where it is missing. */
export function cacheFolder(...parts: readonly string[]): string;
