/** An address in the guest's linear memory; 0 is null. */
export type Pointer = number;

/** The address of a boxed JavaScript value; its holder frees it with `qjs_free_value`. */
export type Box = number;

/** `flags` of `qjs_eval`: evaluate as an ES module, the result is a promise of its namespace. */
export const EVAL_MODULE = 1;

/** Results of `qjs_promise_state`. */
export const PROMISE = { pending: 0, fulfilled: 1, rejected: 2 } as const;

/** What we use of the exports of `quickjs-wasi/quickjs.wasm` (version 3; lengths in bytes, text is UTF-8). */
export interface EngineExports {
  readonly memory: WebAssembly.Memory;
  readonly __stack_pointer: WebAssembly.Global<"i32">;
  _initialize(): void;
  qjs_init(): number;
  qjs_set_max_stack_size(bytes: number): void;
  qjs_set_module_loader(enabled: number): void;
  qjs_set_promise_rejection_handler(enabled: number): void;
  qjs_run_gc(): void;
  qjs_eval(source: Pointer, length: number, filename: Pointer, flags: number): Box;
  qjs_call(callee: Box, receiver: Box, count: number, args: Pointer): Box;
  qjs_is_job_pending(): number;
  /** Negative when the job threw. */
  qjs_execute_pending_job(): number;
  qjs_get_exception(): Box;
  qjs_throw(error: Box): void;
  qjs_new_error(): Box;
  qjs_new_string(text: Pointer, length: number): Box;
  qjs_new_number(value: number): Box;
  qjs_new_object(): Box;
  qjs_new_uint8_array(bytes: Pointer, length: number): Box;
  qjs_new_host_function(name: Pointer, length: number, flags: number): Box;
  qjs_get_undefined(): Box;
  qjs_get_global(): Box;
  qjs_dup_value(value: Box): Box;
  qjs_free_value(value: Box): void;
  qjs_get_float64(value: Box): number;
  qjs_get_string_len(value: Box, length: Pointer): Pointer;
  qjs_free_cstring(text: Pointer): void;
  qjs_is_exception(value: Box): number;
  qjs_is_string(value: Box): number;
  qjs_is_number(value: Box): number;
  /** The address of the object behind a value: its identity. */
  qjs_get_value_ptr(value: Box): Pointer;
  qjs_get_prop_string(object: Box, name: Pointer): Box;
  qjs_set_prop_string(object: Box, name: Pointer, value: Box): number;
  /** Fills in where the array begins in its buffer and how long it is; the buffer is the result. */
  qjs_get_typed_array_buffer(array: Box, offset: Pointer, length: Pointer, elementBytes: Pointer): Box;
  qjs_get_array_buffer(buffer: Box, length: Pointer): Pointer;
  qjs_promise_state(promise: Box): number;
  qjs_promise_result(promise: Box): Box;
  wasm_malloc(bytes: number): Pointer;
  wasm_free(address: Pointer): void;
}

/** The names of {@link EngineExports}: all that is kept of the engine's own exports by `reduceExports`. */
export const ENGINE_EXPORTS: readonly (keyof EngineExports)[] = [
  "memory",
  "__stack_pointer",
  "_initialize",
  "qjs_init",
  "qjs_set_max_stack_size",
  "qjs_set_module_loader",
  "qjs_set_promise_rejection_handler",
  "qjs_run_gc",
  "qjs_eval",
  "qjs_call",
  "qjs_is_job_pending",
  "qjs_execute_pending_job",
  "qjs_get_exception",
  "qjs_throw",
  "qjs_new_error",
  "qjs_new_string",
  "qjs_new_number",
  "qjs_new_object",
  "qjs_new_uint8_array",
  "qjs_new_host_function",
  "qjs_get_undefined",
  "qjs_get_global",
  "qjs_dup_value",
  "qjs_free_value",
  "qjs_get_float64",
  "qjs_get_string_len",
  "qjs_free_cstring",
  "qjs_is_exception",
  "qjs_is_string",
  "qjs_is_number",
  "qjs_get_value_ptr",
  "qjs_get_prop_string",
  "qjs_set_prop_string",
  "qjs_get_typed_array_buffer",
  "qjs_get_array_buffer",
  "qjs_promise_state",
  "qjs_promise_result",
  "wasm_malloc",
  "wasm_free",
];
