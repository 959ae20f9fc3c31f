import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { FieldworkError, type JsonObject } from "#contract";
import type { Challenges } from "./challenge.ts";
import type { Credential } from "./passkeys.ts";
import { relyingParty } from "./relying_party.ts";
import { verifyAway } from "./verification.ts";

const TIMEOUT_MS = 5 * 60_000;
/** EdDSA, ES256, RS256 (IANA COSE Algorithms). */
const ALGORITHMS = [-8, -7, -257];

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** What `navigator.credentials.create` takes. A passkey is found by itself and proves the person, since it stands for the password. */
export function creationOptions(
  origin: string,
  owner: { readonly name: string; readonly handle: Uint8Array },
  known: readonly Credential[],
  challenges: Challenges,
): PublicKeyCredentialCreationOptionsJSON {
  return {
    rp: { name: "Fieldwork", id: relyingParty(origin) },
    user: { id: base64url(owner.handle), name: owner.name, displayName: owner.name },
    challenge: base64url(challenges.make("create")),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    timeout: TIMEOUT_MS,
    attestation: "none",
    excludeCredentials: known.map(({ id, transports }) => ({
      id,
      type: "public-key",
      transports: [...transports],
    })),
    authenticatorSelection: {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
  };
}

/** What `navigator.credentials.get` takes. It names no passkey, so that a stranger learns of none. */
export const requestOptions = (
  origin: string,
  challenges: Challenges,
): PublicKeyCredentialRequestOptionsJSON => ({
  rpId: relyingParty(origin),
  challenge: base64url(challenges.make("get")),
  timeout: TIMEOUT_MS,
  userVerification: "required",
});

export type Made = Credential & { readonly rp_id: string; readonly synced: boolean };

/** The passkey that a browser made. @throws FieldworkError `invalid_input`, `rate_limited` */
export async function readCreated(
  origin: string,
  response: JsonObject,
  challenges: Challenges,
): Promise<Made> {
  const rp_id = relyingParty(origin);
  const expectedChallenge = challengeOf(response);
  if (!challenges.spend("create", expectedChallenge)) throw refused("invalid_input");
  const { credential, synced } = await verifyAway({
    ceremony: "create",
    options: {
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: rp_id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    },
  }).catch((error: FieldworkError) => {
    if (error.code !== "unauthenticated") throw error;
    throw new FieldworkError("invalid_input", error.message, { remedy: "Try again." });
  });
  const { id, publicKey, counter, transports = [] } = credential;
  return { id, public_key: new Uint8Array(publicKey), counter, transports, rp_id, synced };
}

/** Which passkey answered, and how it is from now on. @throws FieldworkError `unauthenticated`, `rate_limited` */
export async function readAnswer(
  origin: string,
  response: JsonObject,
  known: readonly Credential[],
  challenges: Challenges,
): Promise<{ readonly id: string; readonly counter: number; readonly synced: boolean }> {
  const found = known.find(({ id }) => id === response.id);
  const expectedChallenge = challengeOf(response);
  if (!found || !challenges.spend("get", expectedChallenge)) throw refused("unauthenticated");
  const { id, public_key: publicKey, counter, transports } = found;
  const { credential, synced } = await verifyAway({
    ceremony: "get",
    options: {
      response: response as unknown as AuthenticationResponseJSON,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: relyingParty(origin),
      credential: { id, publicKey, counter, transports: [...transports] },
      requireUserVerification: true,
    },
  });
  return { id, counter: credential.counter, synced };
}

/** The challenge that an answer says it is to; empty where it says nothing readable. */
function challengeOf({ response }: JsonObject): string {
  try {
    const { clientDataJSON } = response as { readonly clientDataJSON: string };
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString()) as JsonObject;
    return typeof challenge === "string" ? challenge : "";
  } catch {
    return "";
  }
}

const refused = (code: "unauthenticated" | "invalid_input") =>
  new FieldworkError(code, "The passkey was not accepted.", {
    remedy: "Try again, or sign in with the password.",
  });
