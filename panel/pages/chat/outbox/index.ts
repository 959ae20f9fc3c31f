/**
 * What was said here and is on its way to the server: kept in the browser until it has arrived, and sent again until it has.
 * @module
 */

export { createOutbox, type Outbox, type Outgoing } from "./outbox.ts";
export { useArrived } from "./use_arrived.ts";
export { outbox, useOutgoing } from "./use_outgoing.ts";
