import { hash, randomBytes } from "node:crypto";

const BYTES = 32;

/** 256 random bits, in characters that a cookie and a header take. */
export const newSecret = (prefix = ""): string => prefix + randomBytes(BYTES).toString("base64url");

/** The form in which a secret value is kept, hexadecimal. A random value of this length needs no salt and no stretching. */
export const sha256 = (value: string): string => hash("sha256", value);

export const newId = (prefix: string): string => `${prefix}_${randomBytes(8).toString("hex")}`;

export const isoTime = (ms: number): string => new Date(ms).toISOString();
