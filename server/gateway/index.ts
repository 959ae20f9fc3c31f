/**
 * The gateway's HTTP for programs written for OpenAI's API: translation and streaming, no business logic.
 *
 *     const gateway = await startGateway({ kernel, port: 2402 });
 * @module
 */
export type { GatewayKernel } from "./port.ts";
export { type GatewayOptions, type RunningGateway, startGateway } from "./start.ts";
