import { setTimeout as sleep } from "node:timers/promises";
import { ensureDependencies } from "./dependencies.mjs";
import { launch, prepareHome, runInFront } from "./launch.mjs";
import { locked } from "./lock.mjs";
import { fitNode } from "./node.mjs";
import { ensurePanel } from "./panel.mjs";
import { homeFolder, ROOT, runFile } from "./paths.mjs";
import { Problem, say } from "./problem.mjs";
import { addressOf, findServer } from "./running.mjs";

const STARTING_MS = 30_000;

/** Sets up what is missing, starts the server unless it runs already, waits until it is ready, prints the address. */
export async function start({ foreground = false } = {}) {
  const home = homeFolder();
  const running = await settled(home);
  if (running) {
    say(`Fieldwork ${running.version ?? ""} is running already (process ${running.pid}).`);
    say(addressOf(running));
    return 0;
  }
  const node = await fitNode(ROOT);
  await ensureDependencies(ROOT, node);
  await ensurePanel(ROOT, node);
  const told = (state) => {
    say(`Fieldwork ${state.version ?? ""} is running.`);
    say(addressOf(state));
  };
  if (foreground) return runInFront({ node, root: ROOT, home, ready: told });
  prepareHome(home);
  await locked(runFile(home, "start.lock"), async () => {
    const other = await settled(home);
    told(other ?? (await launch({ node, root: ROOT, home })));
  });
  return 0;
}

/** The state of the server that runs, once one that is just starting has got so far. */
async function settled(home) {
  for (const until = Date.now() + STARTING_MS; ; await sleep(100)) {
    const { status, state } = await findServer(home);
    if (status === "running") return state;
    if (status === "none") return undefined;
    if (Date.now() > until)
      throw new Problem(
        `process ${state.pid} is a Fieldwork server that does not answer`,
        "End it with ./stop.sh, then start again.",
      );
  }
}
