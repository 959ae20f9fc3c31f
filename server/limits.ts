/** The server's own limits. Reaching one is a named error or a closed connection, never growth. */
export const LIMITS = {
  connections: 512,
  header_bytes: 16 * 1024,
  headers_timeout_ms: 10_000,
  /** Time for a whole request, its body included, to arrive. */
  request_timeout_ms: 120_000,
  keep_alive_ms: 10_000,
  json_bytes: 16 * 1024 * 1024,
  json_depth: 64,
  uploads: 4,
  /** Time that requests under way get when the server closes. */
  close_grace_ms: 2_000,
  event_clients: 64,
  event_batch: 64,
  /** Characters of live events that wait for one client; what does not fit is lost for it, and it is told so. */
  event_live_chars: 256 * 1024,
  event_heartbeat_ms: 15_000,
  /** A client that takes nothing for this long while there is something to send is closed. */
  event_slow_ms: 10_000,
} as const;

export type Limits = { readonly [K in keyof typeof LIMITS]: number };
