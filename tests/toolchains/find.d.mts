export type Language = "go" | "rust" | "c";

/** An installed compiler that was seen to build for WASI. */
export interface Found {
  readonly language: Language;
  /** Names and versions, for people and for cache keys. */
  readonly version: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What the compiler calls WASI preview 1. */
  readonly target: string;
}

export function findToolchain(
  language: Language,
): Promise<{ readonly found?: Found; readonly reason: string }>;
