import type { ExternType, Signature, SizeRange, ValueType } from "./facts.ts";

export interface TableType {
  readonly element: ValueType;
  readonly entries: SizeRange;
}

export interface GlobalType {
  readonly value: ValueType;
  readonly mutable: boolean;
}

/** What each index of the original module stands for, imported ones first. */
export interface IndexSpaces {
  readonly types: Signature[];
  /** Type indices. */
  readonly functions: number[];
  readonly tables: TableType[];
  readonly memories: SizeRange[];
  readonly globals: GlobalType[];
  /** Type indices. */
  readonly tags: number[];
}

export const createIndexSpaces = (): IndexSpaces => ({
  types: [],
  functions: [],
  tables: [],
  memories: [],
  globals: [],
  tags: [],
});

/** The type of the item `index` of a kind as the binary format numbers them, or undefined. */
export function externType(spaces: IndexSpaces, kind: number, index: number): ExternType | undefined {
  switch (kind) {
    case 0: {
      const signature = spaces.types[spaces.functions[index]!];
      return signature && { kind: "function", signature };
    }
    case 1: {
      const table = spaces.tables[index];
      return table && { kind: "table", ...table };
    }
    case 2: {
      const pages = spaces.memories[index];
      return pages && { kind: "memory", pages };
    }
    case 3: {
      const global = spaces.globals[index];
      return global && { kind: "global", ...global };
    }
    case 4: {
      const signature = spaces.types[spaces.tags[index]!];
      return signature && { kind: "tag", signature };
    }
    default:
      return undefined;
  }
}
