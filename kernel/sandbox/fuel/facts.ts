export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128" | "funcref" | "externref" | "exnref";

export interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** Size of a memory in pages of 64 KiB, or of a table in entries. */
export interface SizeRange {
  readonly min: number;
  readonly max: number;
}

/** The type of something imported or exported, as in the original module, with the granted maxima. */
export type ExternType =
  | { readonly kind: "function"; readonly signature: Signature }
  | { readonly kind: "table"; readonly element: ValueType; readonly entries: SizeRange }
  | { readonly kind: "memory"; readonly pages: SizeRange }
  | { readonly kind: "global"; readonly value: ValueType; readonly mutable: boolean }
  | { readonly kind: "tag"; readonly signature: Signature };

export interface ImportFact {
  readonly module: string;
  readonly name: string;
  readonly type: ExternType;
}

export interface ExportFact {
  readonly name: string;
  readonly type: ExternType;
}

/** How many there are in the original module, imported ones included. */
export interface ModuleCounts {
  readonly types: number;
  readonly functions: number;
  readonly tables: number;
  readonly globals: number;
  readonly tags: number;
  readonly elementSegments: number;
  readonly dataSegments: number;
  /** Size of the original code section in bytes. */
  readonly codeSize: number;
}

/** What the original module says of itself; nothing that metering adds appears here. */
export interface ModuleFacts {
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly memory: SizeRange | undefined;
  readonly counts: ModuleCounts;
  readonly hasStart: boolean;
  readonly customSections: readonly string[];
}
