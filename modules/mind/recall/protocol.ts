import type { Found, Search } from "./search.ts";
import type { QueryVector } from "./vectors.ts";

export type Ask =
  | { readonly kind: "search"; readonly search: Search; readonly vector: QueryVector | undefined }
  /** Writes the file anew if one of these pieces of text is in it; answers whether it did. */
  | { readonly kind: "cleanse"; readonly traces: readonly string[] }
  /** Lets go of a file. */
  | { readonly kind: "close" };

/** What the server's thread asks of the recall thread, about one database file. */
export interface Question {
  readonly id: number;
  readonly path: string;
  readonly ask: Ask;
}

export type Answer =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };

export type { Found };
