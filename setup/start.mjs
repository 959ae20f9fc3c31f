import { refuseUnknown, runMain } from "./problem.mjs";
import { start } from "./start_server.mjs";

await runMain((args) =>
  refuseUnknown(args, ["--foreground"], "./start.sh [--foreground]")
    ? 2
    : start({ foreground: args.includes("--foreground") }),
);
