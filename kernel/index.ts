/**
 * The frozen core: counter, grants, journal, module loading, sandbox, guardian, storage.
 * @module
 */
export { createKernel, type Kernel, type KernelOptions } from "./kernel.ts";
