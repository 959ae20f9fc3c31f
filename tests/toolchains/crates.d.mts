import type { Found } from "./find.d.mts";

/** Fetches what a package's Cargo.lock names, once, and gives cargo's arguments to build from there. */
export function fetchCrates(rust: Found, folder: string): Promise<readonly string[]>;
