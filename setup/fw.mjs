import { join } from "node:path";
import { ensureDependencies } from "./dependencies.mjs";
import { fitNode } from "./node.mjs";
import { ROOT } from "./paths.mjs";
import { runMain } from "./problem.mjs";
import { inFront } from "./program.mjs";

await runMain(async (args) => {
  const node = await fitNode(ROOT);
  await ensureDependencies(ROOT, node);
  return inFront(node, [join(ROOT, "cli", "fw.ts"), ...args]);
});
