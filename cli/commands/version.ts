import { DATA_FORMAT, VERSION } from "#contract";
import { defineCommand } from "../command/index.ts";
import { findServer } from "../server/index.ts";
import { fields } from "../terminal/index.ts";

export const version = defineCommand({
  name: "version",
  summary: "The versions of the program, its data format and the running server",
  words: [],
  options: {},
  examples: ["fw version", "fw --version"],
  async run({ place }) {
    const server = (await findServer(place.home))?.version ?? null;
    const data = { version: VERSION, data_format: DATA_FORMAT, node: process.versions.node, server };
    return {
      data,
      text: fields([
        ["fieldwork", VERSION],
        ["data format", String(DATA_FORMAT)],
        ["node", process.versions.node],
        ["server", server ?? "not running"],
      ]),
    };
  },
});
