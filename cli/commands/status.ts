import type { Health } from "#contract";
import { type Answer, defineCommand, type Place } from "../command/index.ts";
import { findServer, type RunningServer } from "../server/index.ts";
import {
  bold,
  counted,
  fields,
  localTime,
  sizeText,
  styled,
  type Text,
  withCommand,
} from "../terminal/index.ts";

export const status = defineCommand({
  name: "status",
  summary: "Is the server running, and is it well?",
  words: [],
  options: {},
  details: ["Exit status 1 when no server runs."],
  examples: ["fw status", "fw status --json"],
  async run({ place }) {
    const server = await findServer(place.home);
    if (!server) return notRunning(place);
    const health = await place.call<Health>("system.health", {});
    return {
      data: { running: true, url: server.url, pid: server.pid, ...health },
      text: describe(server, health, place),
    };
  },
});

const notRunning = ({ home }: Place): Answer => ({
  data: { running: false, home },
  text: [
    "Fieldwork is not running.",
    ...fields([
      ["home", home],
      ["start it", "./start.sh or fw start"],
    ]),
  ],
  failed: true,
});

const COLOURS = { ready: "green", degraded: "yellow", safe_mode: "red" } as const;

function describe(server: RunningServer, health: Health, { home }: Place): Text {
  const { modules, inbox, sandbox } = health;
  const memory = sandbox.processes.reduce((sum, one) => sum + one.rss_bytes, health.memory.rss_bytes);
  return [
    [bold("Fieldwork "), health.version, "  ", styled(COLOURS[health.state], health.state.replace("_", " "))],
    ...fields([
      ["address", server.url],
      ["home", home],
      ["running since", localTime(health.started_at)],
      [
        "modules",
        `${modules.ready} ready, ${modules.broken} broken, ${modules.waiting_for_approval} waiting for approval`,
      ],
      ["approvals", `${health.approvals_waiting} waiting`],
      ["inbox", `${inbox.waiting} waiting, ${inbox.running} running`],
      ["journal", counted(health.journal.last_seq, "event")],
      ["memory", sizeText(memory)],
    ]),
    ...health.problems.flatMap(
      ({ part, what, remedy, action }): Text => [
        [styled("yellow", `! ${part}: `), what],
        `  ${withCommand(remedy, action)}`,
      ],
    ),
  ];
}
