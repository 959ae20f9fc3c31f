/**
 * The built-ins that the glue uses, taken before any agent code runs. An agent may replace what it likes of the
 * globals and prototypes: the glue does not look there again.
 */

const { apply, defineProperty } = Reflect;

/** A method as a function of its receiver. */
function uncurry<T, A extends readonly unknown[], R>(method: (this: T, ...args: A) => R) {
  return (receiver: T, ...args: A): R => apply(method, receiver, args) as R;
}

export const PromiseConstructor = Promise;
export const parseJson = JSON.parse;
export const stringifyJson = JSON.stringify;
export const toText = String;
export const toNumber = Number;
const ErrorConstructor = Error;
export const isError = (value: unknown): value is Error => value instanceof ErrorConstructor;
const promiseThen = uncurry(Promise.prototype.then);

/** A map whose methods cannot be replaced. */
export interface Table<V> {
  get(key: number): V | undefined;
  set(key: number, value: V): void;
  delete(key: number): void;
}

const mapGet = uncurry(Map.prototype.get);
const mapSet = uncurry(Map.prototype.set);
const mapDelete = uncurry(Map.prototype.delete);
const MapConstructor = Map;

export function createTable<V>(): Table<V> {
  const map = new MapConstructor<number, V>();
  return {
    get: (key) => mapGet(map, key) as V | undefined,
    set: (key, value) => {
      mapSet(map, key, value);
    },
    delete: (key) => {
      mapDelete(map, key);
    },
  };
}

/** Subscribes to a promise of the engine's own kind without asking its prototype or its species. */
export function subscribe<T>(
  promise: Promise<T>,
  fulfilled: (value: T) => void,
  rejected: (reason: unknown) => void,
): void {
  fixConstructor(promise, undefined);
  promiseThen(promise, fulfilled as (value: unknown) => void, rejected);
}

/** Lets `await` take the promise as it is: it compares `constructor`, which an agent can replace. */
export function forAwait<T>(promise: Promise<T>): Promise<T> {
  fixConstructor(promise, PromiseConstructor);
  return promise;
}

function fixConstructor(promise: object, value: unknown): void {
  defineProperty(promise, "constructor", {
    __proto__: null,
    value,
    configurable: true,
  } as PropertyDescriptor);
}

/** Defines globals the way built-ins are defined: writable, not enumerable. */
export function defineGlobals(globals: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(globals)) {
    defineProperty(globalThis, name, {
      value: globals[name],
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }
}
