/**
 * `fw agent …`: the agents of a home, from making one to removing it.
 * @module
 */
import type { Command } from "../../command/index.ts";
import { call } from "./call.ts";
import { config } from "./config.ts";
import { duplicate, files, read, templates, write } from "./files.ts";
import { approve, install } from "./install.ts";
import { disable, enable, exportPack, list, make, remove, show } from "./lifecycle.ts";

export const AGENT_COMMANDS: readonly Command[] = [
  list,
  show,
  make,
  templates,
  duplicate,
  install,
  approve,
  call,
  config,
  files,
  read,
  write,
  enable,
  disable,
  exportPack,
  remove,
];
