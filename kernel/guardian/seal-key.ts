import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { FieldworkError } from "#contract";
import { deriveKey } from "../owner/index.ts";
import type { KeyRing } from "../vault/index.ts";

/**
 * The private half of the seal's key, at rest. Until there is an owner it is protected by the master key; from then on by the
 * owner's password alone, so that nobody can seal without it.
 */
export interface SealedKey {
  readonly protected_by: "master_key" | "password";
  readonly key_id?: string;
  readonly salt?: string;
  readonly nonce: string;
  readonly box: string;
}

export function makeKey(): KeyObject {
  return generateKeyPairSync("ed25519").privateKey;
}

export function lockWithMasterKey(key: KeyObject, ring: KeyRing): SealedKey {
  const id = ring.current();
  return { protected_by: "master_key", key_id: id, ...encrypt(key, ring.key(id)) };
}

export async function lockWithPassword(key: KeyObject, password: string): Promise<SealedKey> {
  const salt = randomBytes(16);
  return {
    protected_by: "password",
    salt: salt.toString("base64"),
    ...encrypt(key, await deriveKey(password, salt)),
  };
}

export const unlockWithMasterKey = (sealed: SealedKey, ring: KeyRing): KeyObject =>
  decrypt(sealed, ring.key(sealed.key_id ?? ""));

/** @throws FieldworkError `denied` for a wrong password. */
export async function unlock(
  sealed: SealedKey,
  ring: KeyRing,
  password: string | undefined,
): Promise<KeyObject> {
  if (sealed.protected_by === "master_key") return unlockWithMasterKey(sealed, ring);
  const key = await deriveKey(password ?? "", Buffer.from(sealed.salt ?? "", "base64"));
  try {
    return decrypt(sealed, key);
  } catch {
    throw new FieldworkError("denied", "That is not the owner's password.", {
      remedy: "Try again with the owner's password.",
    });
  }
}

function encrypt(key: KeyObject, secret: Uint8Array): { nonce: string; box: string } {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", secret, nonce);
  const plain = key.export({ type: "pkcs8", format: "der" });
  const box = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString("base64"), box: box.toString("base64") };
}

function decrypt({ nonce, box }: SealedKey, secret: Uint8Array): KeyObject {
  const bytes = Buffer.from(box, "base64");
  const decipher = createDecipheriv("aes-256-gcm", secret, Buffer.from(nonce, "base64"));
  decipher.setAuthTag(bytes.subarray(-16));
  const plain = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
  return createPrivateKey({ key: plain, type: "pkcs8", format: "der" });
}
