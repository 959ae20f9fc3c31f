import type { Manifest } from "#contract";

export interface PackEntry {
  /** Relative, with `/` between names. */
  readonly path: string;
  /** Unpacked, in bytes; counted, not declared. */
  readonly size: number;
}

/** What a pack holds, after every byte of it was checked. */
export interface PackListing {
  readonly manifest: Manifest;
  /** The files; folders follow from their paths. */
  readonly entries: readonly PackEntry[];
  /** Size of the pack's file in bytes. */
  readonly bytes: number;
  /** Of the pack's file, in hexadecimal. */
  readonly sha256: string;
  readonly kind: "agent-zip" | "fwpack";
  /** The module's folder among the entries; empty where they are the module's folder itself. */
  readonly root: string;
}
