import { defineGlobals } from "./intrinsics.ts";

/** The structured clone algorithm (HTML, 2.7) for what exists here; transfer is not offered. */
function structuredClone<T>(value: T): T {
  return copy(value, new Map()) as T;
}

function copy(value: unknown, seen: Map<object, object>): unknown {
  if (typeof value === "symbol" || typeof value === "function") throw refusal(value);
  if (typeof value !== "object" || value === null) return value;
  const known = seen.get(value);
  if (known) return known;
  const remember = <C extends object>(clone: C): C => {
    seen.set(value, clone);
    return clone;
  };
  if (value instanceof Date) return remember(new Date(value.getTime()));
  if (value instanceof RegExp) return remember(new RegExp(value.source, value.flags));
  if (value instanceof Boolean || value instanceof Number || value instanceof String) {
    return remember(Object(value.valueOf()) as object);
  }
  if (value instanceof ArrayBuffer) return remember(value.slice(0));
  if (ArrayBuffer.isView(value)) return remember(copyView(value, seen));
  if (value instanceof Map) {
    const clone = remember(new Map());
    for (const [key, item] of [...value]) clone.set(copy(key, seen), copy(item, seen));
    return clone;
  }
  if (value instanceof Set) {
    const clone = remember(new Set());
    for (const item of [...value]) clone.add(copy(item, seen));
    return clone;
  }
  if (value instanceof Error) return copyError(value, remember, seen);
  if (
    value instanceof Promise ||
    value instanceof WeakMap ||
    value instanceof WeakSet ||
    value instanceof WeakRef
  ) {
    throw refusal(value);
  }
  const clone = remember(Array.isArray(value) ? new Array(value.length) : {});
  for (const key of Object.keys(value)) {
    Object.defineProperty(clone, key, {
      value: copy((value as Record<string, unknown>)[key], seen),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return clone;
}

function copyView(view: ArrayBufferView, seen: Map<object, object>): object {
  const buffer = copy(view.buffer, seen) as ArrayBuffer;
  if (view instanceof DataView) return new DataView(buffer, view.byteOffset, view.byteLength);
  const TypedArray = view.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => object;
  return new TypedArray(buffer, view.byteOffset, (view as Uint8Array).length);
}

const ERRORS = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];

function copyError(
  error: Error,
  remember: <C extends object>(clone: C) => C,
  seen: Map<object, object>,
): Error {
  const Constructor = ERRORS.find(({ name }) => name === error.name) ?? Error;
  const clone = remember(new Constructor(String(error.message)));
  if (Object.hasOwn(error, "cause")) clone.cause = copy(error.cause, seen);
  if (typeof error.stack === "string") clone.stack = error.stack;
  return clone;
}

function refusal(value: unknown): DOMException {
  return new DOMException(`${String(value)} cannot be cloned`, "DataCloneError");
}

defineGlobals({ structuredClone });
