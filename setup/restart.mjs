import { refuseUnknown, runMain } from "./problem.mjs";
import { start } from "./start_server.mjs";
import { stop } from "./stop_server.mjs";

await runMain(async (args) => {
  if (refuseUnknown(args, ["--foreground"], "./restart.sh [--foreground]")) return 2;
  await stop();
  return start({ foreground: args.includes("--foreground") });
});
