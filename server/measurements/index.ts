/**
 * What the server itself measures for `/metrics`, beside the kernel's own figures.
 * @module
 */
export { createMeasurements, type Measurements } from "./measurements.ts";
