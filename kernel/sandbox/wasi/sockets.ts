import { errno } from "./errno.ts";
import type { Host, WasiFunctions } from "./host.ts";

/** `sock_*`: no descriptor is ever a socket. The network is reached through the counter, not through here. */
export function socketFunctions({ table }: Host): WasiFunctions {
  function notSocket(fd: number): typeof errno.notSocket {
    table.get(fd);
    return errno.notSocket;
  }
  return {
    immediate: {
      sock_accept: notSocket,
      sock_recv: notSocket,
      sock_send: notSocket,
      sock_shutdown: notSocket,
    },
  };
}
