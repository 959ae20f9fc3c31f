/** The framed pipe between the kernel and a sandbox process. @module */
export * from "./protocol.ts";
export { createWire, type Wire, type WireOptions } from "./wire.ts";
