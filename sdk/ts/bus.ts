import type { Call } from "./call.ts";
import type { ErrorData } from "./error.ts";
import type { Json } from "./json.ts";

/** Other modules, those that the owner granted. `type` is a function they expose, or a word for their `handle`. */
export interface Bus {
  /** Into the other's inbox; delivered even after a restart. */
  send(to: string, type: string, payload?: Json): Promise<{ readonly sent: true; readonly id: string }>;
  /** Waits for the answer. */
  request<T = Json>(to: string, type: string, payload?: Json): Promise<T>;
  /** Side by side; in the order of the targets. */
  broadcast<T = Json>(
    to: readonly string[],
    type: string,
    payload?: Json,
  ): Promise<readonly { readonly target: string; readonly reply?: T; readonly error?: ErrorData }[]>;
}

export function createBus(call: Call): Bus {
  return {
    send: (to, type, payload = {}) => call("bus.send", { to, type, payload }),
    async request<T>(to: string, type: string, payload: Json = {}) {
      return (await call<{ reply: T }>("bus.request", { to, type, payload })).reply;
    },
    async broadcast<T>(to: readonly string[], type: string, payload: Json = {}) {
      const { replies } = await call<{ replies: { target: string; reply?: T; error?: ErrorData }[] }>(
        "bus.broadcast",
        { to, type, payload },
      );
      return replies;
    },
  };
}
