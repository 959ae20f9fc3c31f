import type { IncomingMessage } from "node:http";
import { hostName, isLoopbackAddress, isLoopbackName, peerOf } from "./address.ts";

/** Is this the machine that the server runs on, opened under a name that is always this machine's? */
export const isThisMachine = (incoming: IncomingMessage): boolean =>
  isLoopbackAddress(peerOf(incoming)) && isLoopbackName(hostName(incoming.headers.host ?? "") ?? "");
