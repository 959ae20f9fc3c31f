/** The WebAssembly JavaScript interface with JSPI, as far as it is used here; Node's own types leave it to the browser's. */
declare namespace WebAssembly {
  type ValueType = "i32" | "i64" | "f32" | "f64" | "externref" | "anyfunc" | "v128";
  type ImportExportKind = "function" | "table" | "memory" | "global" | "tag";
  // biome-ignore lint/suspicious/noExplicitAny: a function of unknown signature
  type AnyFunction = (...args: any[]) => any;
  type ImportValue = AnyFunction | Suspending | Global | Memory | Table | number | bigint;
  type ExportValue = AnyFunction | Global | Memory | Table;
  type Imports = Record<string, Record<string, ImportValue>>;
  interface ModuleExportDescriptor {
    readonly name: string;
    readonly kind: ImportExportKind;
  }
  interface ModuleImportDescriptor extends ModuleExportDescriptor {
    readonly module: string;
  }
  class Module {
    constructor(bytes: BufferSource);
    static exports(module: Module): ModuleExportDescriptor[];
    static imports(module: Module): ModuleImportDescriptor[];
    static customSections(module: Module, name: string): ArrayBuffer[];
  }
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Record<string, ExportValue>;
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Table {
    constructor(descriptor: { element: string; initial: number; maximum?: number });
    readonly length: number;
    get(index: number): unknown;
    set(index: number, value?: unknown): void;
    grow(entries: number, value?: unknown): number;
  }
  interface ValueOf {
    i32: number;
    i64: bigint;
    f32: number;
    f64: number;
    externref: unknown;
    anyfunc: AnyFunction | null;
    v128: never;
  }
  class Global<T extends ValueType = ValueType> {
    constructor(descriptor: { value: T; mutable?: boolean }, value?: ValueOf[T]);
    value: ValueOf[T];
    valueOf(): ValueOf[T];
  }
  class Tag {
    constructor(descriptor: { parameters: ValueType[] });
  }
  class Exception extends Error {
    constructor(tag: Tag, payload: unknown[]);
  }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}
  /** JSPI: an import that may return a promise; the guest is suspended until it settles. */
  class Suspending {
    constructor(call: AnyFunction);
  }
  /** JSPI: an export that may be suspended; gives a promise of its result. */
  function promising<A extends unknown[], R>(call: (...args: A) => R): (...args: A) => Promise<R>;
  function compile(bytes: BufferSource): Promise<Module>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
  function instantiate(
    bytes: BufferSource,
    imports?: Imports,
  ): Promise<{ module: Module; instance: Instance }>;
  function validate(bytes: BufferSource): boolean;
}
type BufferSource = ArrayBufferView<ArrayBuffer> | ArrayBuffer;
