import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { open, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { canonicalJson } from "#contract";

/** The hashes of the core's files, signed by the key made at install. */
export interface Seal {
  readonly files: Readonly<Record<string, string>>;
  readonly sealed_at: string;
  readonly public_key: string;
  readonly signature: string;
}

const FOLDERS = ["contract", "kernel"] as const;
const READ_AT_ONCE = 8;
const READ_BYTES = 65_536;
const NOT_CORE = /(\.test\.ts$)|(^|\/)(fixtures?|tests?)\/|\.fixture\.ts$/;

/** SHA-256 of every file of `contract/` and `kernel/` that runs, by its path with `/`. */
export async function hashCore(root: string): Promise<Record<string, string>> {
  const paths: string[] = [];
  for (const folder of FOLDERS) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join("/");
      if (!entry.isDirectory() && !NOT_CORE.test(path)) paths.push(path);
    }
  }
  paths.sort();
  const hashes: string[] = [];
  const one = async (at: number): Promise<void> => {
    const buffer = Buffer.allocUnsafe(READ_BYTES);
    for (let next = at; next < paths.length; next += READ_AT_ONCE) {
      hashes[next] = await hashFile(join(root, paths[next] as string), buffer);
    }
  };
  await Promise.all(Array.from({ length: READ_AT_ONCE }, (_, at) => one(at)));
  return Object.fromEntries(paths.map((path, at) => [path, hashes[at] as string]));
}

/** Read through a buffer that serves for many files: a stream would take one of its own for each. */
async function hashFile(path: string, buffer: Buffer): Promise<string> {
  const digest = createHash("sha256");
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return digest.digest("hex");
      digest.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

export function signSeal(files: Readonly<Record<string, string>>, key: KeyObject, at: string): Seal {
  const unsigned = {
    files,
    sealed_at: at,
    public_key: createPublicKey(key).export({ type: "spki", format: "pem" }).toString(),
  };
  return { ...unsigned, signature: sign(null, Buffer.from(canonicalJson(unsigned)), key).toString("base64") };
}

export function isSigned({ signature, ...unsigned }: Seal): boolean {
  return verify(
    null,
    Buffer.from(canonicalJson(unsigned)),
    createPublicKey(unsigned.public_key),
    Buffer.from(signature, "base64"),
  );
}

/** What differs from the seal, in words. */
export function differences(seal: Seal, now: Readonly<Record<string, string>>): string[] {
  const problems: string[] = [];
  for (const [path, digest] of Object.entries(seal.files)) {
    if (now[path] === undefined) problems.push(`${path} is missing`);
    else if (now[path] !== digest) problems.push(`${path} was changed`);
  }
  for (const path of Object.keys(now)) if (seal.files[path] === undefined) problems.push(`${path} was added`);
  return problems;
}
