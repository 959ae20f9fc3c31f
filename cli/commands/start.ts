import { type Answer, defineCommand, type Place } from "../command/index.ts";
import { findServer } from "../server/index.ts";
import { runSetup } from "./programs.ts";

const started = async (place: Place, args: readonly string[]): Promise<Answer> => {
  await runSetup(place, "start", args);
  const server = await findServer(place.home);
  return {
    data: { running: server !== undefined, url: server?.url ?? null, pid: server?.pid ?? null },
    text: [],
  };
};

export const start = defineCommand({
  name: "start",
  summary: "Start the server in the background and wait until it is ready",
  words: [],
  options: { foreground: { type: "boolean", summary: "Stay in front until it ends" } },
  examples: ["fw start", "fw start --foreground"],
  run: ({ options, place }) => started(place, options.foreground ? ["--foreground"] : []),
});

export const stop = defineCommand({
  name: "stop",
  summary: "Stop the server",
  words: [],
  options: {},
  examples: ["fw stop"],
  async run({ place }) {
    await runSetup(place, "stop");
    return { data: { running: false }, text: [] };
  },
});

export const restart = defineCommand({
  name: "restart",
  summary: "Stop the server and start it again",
  words: [],
  options: {},
  examples: ["fw restart"],
  async run({ place }) {
    await runSetup(place, "stop");
    return started(place, []);
  },
});
