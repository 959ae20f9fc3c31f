import { refuseUnknown, runMain } from "./problem.mjs";
import { stop } from "./stop_server.mjs";

await runMain((args) => (refuseUnknown(args, [], "./stop.sh") ? 2 : stop()));
