/**
 * What happens on the server, as it happens: one stream for all tabs of a browser.
 * @module
 */

export { type Connection, connection, onConnection, useConnection } from "./connection.ts";
export { type Heard, onEvents, onGap, startEvents } from "./events.ts";
export { startRefresh } from "./refresh.ts";
export { useEvents, useGaps } from "./use_events.ts";
