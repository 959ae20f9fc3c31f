import { DATA_FORMAT } from "#contract";
import { tryOut, upgradeHome, upgradeNeeded } from "../backup/index.ts";
import { defineCommand, type Place } from "../command/index.ts";
import { requireHome } from "../home/index.ts";
import { findServer } from "../server/index.ts";
import { counted, dim, type Text } from "../terminal/index.ts";
import { runSetup } from "./programs.ts";
import { type Accepted, acceptCore } from "./seal.ts";

export const upgrade = defineCommand({
  name: "upgrade",
  summary: "After a newer program was brought: bring the data to its form, and seal its core",
  words: [],
  options: {
    "password-stdin": { type: "boolean", summary: "Read the owner's password from standard input" },
  },
  details: [
    "Where the data have an older form, the home is copied, the copy migrated, started and asked whether it is well; only then it takes the home's place. If anything fails the home is as it was. Afterwards `fw rollback` goes back, also without a network.",
    "Then the files of contract/ and kernel/ that changed are shown, and sealed with the owner's password. Without it the system stays in safe mode.",
    "A running server is stopped before and runs the newer program afterwards.",
  ],
  examples: ["fw upgrade", "printf '%s' \"$PASSWORD\" | fw upgrade --password-stdin"],
  async run({ options, place }) {
    requireHome(place.home);
    const { needed, from } = upgradeNeeded(place.home);
    const running = (await findServer(place.home)) !== undefined;
    const done = await whileStopped(place, running, async () =>
      needed
        ? upgradeHome(place.root, place.home, new Date(), (step) => tell(place, step))
        : { from, to: DATA_FORMAT, previous: null },
    );
    const accept = () => acceptCore(place, options["password-stdin"] === true);
    if (!running) tell(place, "Looking at the core");
    const accepted = running ? await accept() : await tryOut(place.root, place.home, accept);
    const { previous } = done;
    return {
      data: { upgraded: needed, ...done, ...accepted },
      text: [
        needed ? `The data have format ${done.to} now.` : `The data have format ${from} already.`,
        ...(previous === null
          ? []
          : [`The home as it was is kept in ${previous}; \`fw rollback\` goes back to it.`]),
        ...said(accepted),
      ],
      failed: accepted.changed.length > 0 && accepted.sealed === null,
    };
  },
});

function said({ changed, sealed }: Accepted): Text {
  if (changed.length === 0) return ["The core is as it was sealed."];
  if (sealed !== null) return [`The core is sealed as it is now (${counted(sealed, "file")}).`];
  return [
    "The system is in safe mode until the core is sealed: run `fw upgrade` on a terminal, or give the owner's password with --password-stdin.",
  ];
}

const tell = (place: Place, step: string): void => place.terminal.note(place.json ? [] : [dim(`${step} …`)]);

/** Stops a running server for the work and starts it again afterwards, whether the work went well or not. */
async function whileStopped<T>(place: Place, running: boolean, work: () => Promise<T>): Promise<T> {
  if (!running) return work();
  await runSetup(place, "stop");
  try {
    return await work();
  } finally {
    await runSetup(place, "start");
  }
}
