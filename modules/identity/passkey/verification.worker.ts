import { parentPort } from "node:worker_threads";
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import type { Task, Verified } from "./verification.ts";

parentPort?.on("message", async (task: Task) => {
  try {
    parentPort?.postMessage({ verified: await verify(task) });
  } catch (thrown) {
    parentPort?.postMessage({ refused: thrown instanceof Error ? thrown.message : String(thrown) });
  }
});

async function verify({ ceremony, options }: Task): Promise<Verified> {
  if (ceremony === "get") {
    const { verified, authenticationInfo: info } = await verifyAuthenticationResponse(options);
    if (!verified) throw new Error("the signature does not hold");
    const { credential } = options;
    return { credential: { ...credential, counter: info.newCounter }, synced: info.credentialBackedUp };
  }
  const { registrationInfo: info } = await verifyRegistrationResponse(options);
  if (!info) throw new Error("it does not hold");
  return { credential: info.credential, synced: info.credentialBackedUp };
}
