import { setTimeout as sleep } from "node:timers/promises";
import { ensureDependencies } from "./dependencies.mjs";
import { launch, prepareHome, runInFront } from "./launch.mjs";
import { locked } from "./lock.mjs";
import { fitNode } from "./node.mjs";
import { ensurePanel } from "./panel.mjs";
import { homeFolder, ROOT, runFile } from "./paths.mjs";
import { Problem, say } from "./problem.mjs";
import { ask } from "./request.mjs";
import { addressOf, findServer } from "./running.mjs";

const STARTING_MS = 30_000;

/** Sets up what is missing, starts the server unless it runs already, waits until it is ready, prints the address. */
export async function start({ foreground = false } = {}) {
  const home = homeFolder();
  const running = await settled(home);
  if (running) {
    say(`Fieldwork ${running.version ?? ""} is running already (process ${running.pid}).`);
    say(addressOf(running));
    await tellOfCore(running);
    return 0;
  }
  const node = await fitNode(ROOT);
  await ensureDependencies(ROOT, node);
  await ensurePanel(ROOT, node);
  const told = async (state) => {
    say(`Fieldwork ${state.version ?? ""} is running.`);
    say(addressOf(state));
    await tellOfCore(state);
  };
  if (foreground) return runInFront({ node, root: ROOT, home, ready: told });
  prepareHome(home);
  await locked(runFile(home, "start.lock"), async () => {
    const other = await settled(home);
    await told(other ?? (await launch({ node, root: ROOT, home })));
  });
  return 0;
}

/** In safe mode, says which files of the core are not as they were sealed, and what to do. */
async function tellOfCore(state) {
  const answer = await ask(`${addressOf(state)}/readyz`);
  const changed = (answer?.body?.degraded ?? []).filter(({ part }) => part === "core");
  if (changed.length === 0) return;
  say("It is in safe mode: the core of the program is not as it was sealed.");
  for (const { what } of changed) say(`  ${what}`);
  say("If you brought a new version, accept it with your password: ./fw upgrade");
  say("If it was not you, restore the program's files.");
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
