import { hash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FUEL_VERSION } from "../fuel/index.ts";
import { FRAME } from "../wire/index.ts";
import { headed, withHead } from "./payload.ts";
import type { SandboxProcess } from "./process.ts";

const CACHE_MAX_BYTES = 1024 * 1024 * 1024;
const PAGE_BYTES = 65_536;
/** SHA-256, in hexadecimal. */
const HASH_CHARS = 64;
const HEAD_MAX_BYTES = 4096;

/** A program that can be loaded into a sandbox process. Its bytes stay on the disk until then. */
export interface Prepared {
  readonly key: string;
  readonly kind: "wasm" | "js";
  /** It was loaded before, by this process or an earlier one, and nothing was wrong with it. */
  proven(): boolean;
  /** Keeps it as proven. */
  prove(): Promise<void>;
  /** The payload of a `load` frame. */
  payload(): Promise<readonly Uint8Array[]>;
}

interface Made {
  readonly head: { readonly proven?: true };
  readonly body: Buffer;
}

/** Reads what a program is made from; again, should the prepared form have been dropped from the cache. */
export type Source<T> = () => Promise<T>;

export interface ScriptSource {
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly runtime: Readonly<Record<string, string>>;
}

/**
 * Meters modules in a process of its own and keeps the results in a folder by what went in, so that the same module is
 * metered once for all times.
 */
export interface Preparer {
  /** @throws FieldworkError `module_invalid` with every problem in `details.problems`. */
  wasm(source: Source<Uint8Array>, memoryBytes: number, engine?: boolean): Promise<Prepared>;
  script(source: Source<ScriptSource>): Promise<Prepared>;
}

export function createPreparer(folder: string, forge: () => Promise<SandboxProcess>): Preparer {
  const making = new Map<string, Promise<Made>>();

  const load = async (path: string, make: () => Promise<Made>): Promise<Made> => {
    const stored = await readFile(path).catch(() => undefined);
    const kept = stored && checked(stored);
    if (kept) {
      void utimes(path, new Date(), new Date()).catch(() => {});
      return kept;
    }
    const made = await make();
    await keep(folder, path, made);
    return made;
  };
  const once = (path: string, make: () => Promise<Made>): Promise<Made> => {
    const under = making.get(path);
    if (under) return under;
    const made = load(path, make).finally(() => making.delete(path));
    making.set(path, made);
    return made;
  };
  const prepared = async (
    key: string,
    kind: Prepared["kind"],
    make: () => Promise<Made>,
  ): Promise<Prepared> => {
    const path = join(folder, `${key}.${kind}`);
    const { head } = (await peek(path)) ?? (await once(path, make));
    let proven = head.proven === true;
    return {
      key,
      kind,
      proven: () => proven,
      async prove() {
        proven = true;
        const { head, body } = await once(path, make);
        await keep(folder, path, { head: { ...head, proven }, body });
      },
      async payload() {
        const { head, body } = await once(path, make);
        return withHead({ ...head, key, kind }, body);
      },
    };
  };

  return {
    async wasm(source, memoryBytes, engine = false) {
      const memoryMaxPages = Math.floor(memoryBytes / PAGE_BYTES);
      const key = `${hash("sha256", await source())}-${memoryMaxPages}-${FUEL_VERSION}${engine ? "e" : ""}`;
      return prepared(key, "wasm", async () => {
        const request = withHead({ memoryMaxPages, engine }, await source());
        return headed<object>(await (await forge()).request(FRAME.prepareWasm, ...request));
      });
    },
    async script(source) {
      const { runtime, ...own } = await source();
      const key = `${hash("sha256", `${digestOf(runtime)}${JSON.stringify(own)}`)}-js-${FUEL_VERSION}`;
      return prepared(key, "js", async () => {
        const request = Buffer.from(JSON.stringify(await source()));
        return { head: {}, body: await (await forge()).request(FRAME.prepareProgram, request) };
      });
    },
  };
}

const digests = new WeakMap<ScriptSource["runtime"], string>();
/** The runtime is one value for all scripts, and large. */
const digestOf = (runtime: ScriptSource["runtime"]): string =>
  digests.getOrInsertComputed(runtime, () => hash("sha256", JSON.stringify(runtime)));

/** The head of a cached file, its body unread: that is checked when it is needed. */
async function peek(path: string): Promise<Pick<Made, "head"> | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_MAX_BYTES), 0, HEAD_MAX_BYTES, 0);
    return headed<Made["head"]>(buffer.subarray(HASH_CHARS, bytesRead));
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

/** A cached file begins with the hash of the rest, so that a half-written or altered one is made anew. */
function checked(stored: Buffer): Made | undefined {
  const rest = stored.subarray(HASH_CHARS);
  if (stored.length < HASH_CHARS + 4 || stored.toString("latin1", 0, HASH_CHARS) !== hash("sha256", rest))
    return undefined;
  return headed<object>(rest);
}

async function keep(folder: string, path: string, { head, body }: Made): Promise<void> {
  const rest = Buffer.concat(withHead(head, body));
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(temporary, Buffer.concat([Buffer.from(hash("sha256", rest), "latin1"), rest]), {
      mode: 0o600,
    });
    await rename(temporary, path);
    await trim(folder);
  } catch {
    // The cache only saves time: without room for it everything is prepared anew.
    await unlink(temporary).catch(() => {});
  }
}

async function trim(folder: string): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      return { path, size: found?.size ?? 0, used: found?.mtimeMs ?? 0 };
    }),
  );
  let total = files.reduce((sum, file) => sum + file.size, 0);
  for (const file of files.sort((a, b) => a.used - b.used)) {
    if (total <= CACHE_MAX_BYTES) return;
    await unlink(file.path).catch(() => {});
    total -= file.size;
  }
}
