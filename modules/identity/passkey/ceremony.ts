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

/** Large, and needed by those alone who use passkeys. */
const webauthn = () => import("@simplewebauthn/server");

const TIMEOUT_MS = 5 * 60_000;

/** What `navigator.credentials.create` takes. A passkey is found by itself and proves the person, since it stands for the password. */
export async function creationOptions(
  origin: string,
  owner: { readonly name: string; readonly handle: Uint8Array<ArrayBuffer> },
  known: readonly Credential[],
  challenges: Challenges,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const rpID = relyingParty(origin);
  const { generateRegistrationOptions } = await webauthn();
  return generateRegistrationOptions({
    rpName: "Fieldwork",
    rpID,
    userName: owner.name,
    userID: owner.handle,
    challenge: challenges.make("create"),
    timeout: TIMEOUT_MS,
    attestationType: "none",
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

export type Made = Credential & { readonly rp_id: string; readonly synced: boolean };

/** The passkey that a browser made. @throws FieldworkError `invalid_input` */
export async function readCreated(
  origin: string,
  response: JsonObject,
  challenges: Challenges,
): Promise<Made> {
  const rp_id = relyingParty(origin);
  const { verifyRegistrationResponse } = await webauthn();
  let used = "";
  const { registrationInfo } = await verifyRegistrationResponse({
    response: response as unknown as RegistrationResponseJSON,
    expectedChallenge: (challenge) => {
      used = challenge;
      return challenges.holds("create", challenge);
    },
    expectedOrigin: origin,
    expectedRPID: rp_id,
    requireUserVerification: true,
  }).catch((cause: Error) => {
    throw new FieldworkError(
      "invalid_input",
      `The passkey was not accepted: ${cause.message.slice(0, 200)}`,
      { cause },
    );
  });
  if (!registrationInfo || !challenges.spend("create", used)) throw refused("invalid_input");
  const { credential, credentialBackedUp: synced } = registrationInfo;
  const { id, publicKey: public_key, counter, transports = [] } = credential;
  return { id, public_key, counter, transports, rp_id, synced };
}

/** What `navigator.credentials.get` takes. It names no passkey, so that a stranger learns of none. */
export async function requestOptions(
  origin: string,
  challenges: Challenges,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const rpID = relyingParty(origin);
  const { generateAuthenticationOptions } = await webauthn();
  return generateAuthenticationOptions({
    rpID,
    challenge: challenges.make("get"),
    timeout: TIMEOUT_MS,
    userVerification: "required",
  });
}

/** Which passkey answered, and how it is from now on. @throws FieldworkError `unauthenticated` */
export async function readAnswer(
  origin: string,
  response: JsonObject,
  known: readonly Credential[],
  challenges: Challenges,
): Promise<{ readonly id: string; readonly counter: number; readonly synced: boolean }> {
  const rpID = relyingParty(origin);
  const credential = known.find(({ id }) => id === response.id);
  if (!credential) throw refused("unauthenticated");
  const { verifyAuthenticationResponse } = await webauthn();
  let used = "";
  const { verified, authenticationInfo: info } = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge: (challenge) => {
      used = challenge;
      return challenges.holds("get", challenge);
    },
    expectedOrigin: origin,
    expectedRPID: rpID,
    credential: {
      id: credential.id,
      publicKey: credential.public_key,
      counter: credential.counter,
      transports: [...credential.transports],
    },
    requireUserVerification: true,
  }).catch((cause: Error) => {
    throw new FieldworkError(
      "unauthenticated",
      `The passkey was not accepted: ${cause.message.slice(0, 200)}`,
      {
        cause,
      },
    );
  });
  if (!verified || !challenges.spend("get", used)) throw refused("unauthenticated");
  return { id: credential.id, counter: info.newCounter, synced: info.credentialBackedUp };
}

const refused = (code: "unauthenticated" | "invalid_input") =>
  new FieldworkError(code, "The passkey was not accepted.", {
    remedy: "Try again, or sign in with the password.",
  });
