/** What the page tells the worker that arranges the picture. */
export type ToLayout =
  | {
      readonly say: "arrange";
      readonly radii: Float32Array;
      /** Two places for each pair. */
      readonly links: Uint32Array;
      /** x and y of each name where it was before; NaN where it is new. */
      readonly known: Float32Array;
      /** Width by height of where it is shown. */
      readonly aspect: number;
      /** Nothing is to move before one's eyes. */
      readonly still: boolean;
    }
  | { readonly say: "drag"; readonly name: number; readonly x: number; readonly y: number }
  | { readonly say: "drop"; readonly name: number };

/** What it answers: x and y of each name, in turn. */
export interface FromLayout {
  readonly positions: Float32Array;
  readonly settled: boolean;
}
