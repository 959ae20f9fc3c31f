/** The modules that come built in. @module */
import type { ModuleDefinition } from "#contract";
import blob from "./blob/index.ts";
import bus from "./bus/index.ts";
import command from "./command/index.ts";
import exec from "./exec/index.ts";
import file from "./file/index.ts";
import flowork from "./flowork/index.ts";
import gateway from "./gateway/index.ts";
import http from "./http/index.ts";
import identity from "./identity/index.ts";
import mind from "./mind/index.ts";
import schedule from "./schedule/index.ts";
import session from "./session/index.ts";
import store from "./store/index.ts";
import tool from "./tool/index.ts";

export const builtIn: readonly ModuleDefinition[] = [
  store,
  file,
  blob,
  http,
  exec,
  bus,
  schedule,
  command,
  flowork,
  mind,
  gateway,
  identity,
  session,
  tool,
];
