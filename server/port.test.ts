import { expectTypeOf, test } from "vitest";
import type { Kernel } from "#kernel";
import type { KernelPort } from "./index.ts";

test("the kernel satisfies the port by its shape", () => {
  expectTypeOf<Kernel>().toExtend<KernelPort>();
});
