/**
 * HTTP and server-sent events over the kernel: authentication and routes, no business logic.
 * @module
 */

export { type RunningGateway, startGateway } from "./gateway/index.ts";
export { LIMITS, type Limits } from "./limits.ts";
export { keepLogBounded, LOG_MAX_BYTES } from "./log.ts";
export type { EventFilter, EventSource, KernelPort } from "./port.ts";
export type { Route } from "./route.ts";
export { ROUTES } from "./routes/index.ts";
export { type RunningServer, type ServerOptions, startServer } from "./start.ts";
