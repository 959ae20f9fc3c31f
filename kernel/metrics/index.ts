/** Figures for Prometheus. @module */
export { createMetrics, type Metrics } from "./metrics.ts";
