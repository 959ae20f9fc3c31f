import { args, type Call } from "./call.ts";
import type { Json } from "./json.ts";

/** A document with its id. */
export interface DocumentRecord<T = Json> {
  readonly id: string;
  readonly body: T;
  /** ISO 8601. */
  readonly updated_at: string;
}

/** The agent's own storage. */
export interface Store {
  /** Values under keys. */
  readonly kv: {
    /** The value, or undefined where there is none. */
    get<T = Json>(key: string): Promise<T | undefined>;
    set(key: string, value: Json): Promise<void>;
    delete(key: string): Promise<void>;
    /** The keys that begin with the prefix, 1,000 at most. */
    list(prefix?: string): Promise<readonly string[]>;
  };
  /** Documents in collections. */
  readonly doc: {
    put(collection: string, id: string, body: Json): Promise<void>;
    get<T = Json>(collection: string, id: string): Promise<T | undefined>;
    /** Newest first: 100 of them, 500 at most. */
    query<T = Json>(
      collection: string,
      options?: { readonly limit?: number },
    ): Promise<readonly DocumentRecord<T>[]>;
    delete(collection: string, id: string): Promise<void>;
  };
}

export function createStore(call: Call): Store {
  return {
    kv: {
      async get<T>(k: string) {
        const { found, value } = await call<{ found: boolean; value: T }>("store.kv.get", { k });
        return found ? value : undefined;
      },
      async set(k, v) {
        await call("store.kv.set", { k, v });
      },
      async delete(k) {
        await call("store.kv.delete", { k });
      },
      async list(prefix = "") {
        return (await call<{ keys: string[] }>("store.kv.list", { prefix })).keys;
      },
    },
    doc: {
      async put(collection, id, body) {
        await call("store.doc.put", { collection, id, body });
      },
      async get<T>(collection: string, id: string) {
        const { found, body } = await call<{ found: boolean; body?: T }>("store.doc.get", { collection, id });
        return found ? body : undefined;
      },
      async query<T>(collection: string, options = {}) {
        const query = args({ collection, ...options });
        return (await call<{ records: DocumentRecord<T>[] }>("store.doc.query", query)).records;
      },
      async delete(collection, id) {
        await call("store.doc.delete", { collection, id });
      },
    },
  };
}
