/** Every tool that comes built in, a folder a family. @module */
import type { Tool } from "#contract";
import { agent } from "./agent/index.ts";
import { calc } from "./calc/index.ts";
import { csv } from "./csv/index.ts";
import { diary } from "./diary/index.ts";
import { encoding } from "./encode/index.ts";
import { fs } from "./fs/index.ts";
import { graph } from "./graph/index.ts";
import { hashes } from "./hash/index.ts";
import { http } from "./http/index.ts";
import { json } from "./json/index.ts";
import { lesson } from "./lesson/index.ts";
import { memory } from "./memory/index.ts";
import { note } from "./note/index.ts";
import { random } from "./random/index.ts";
import { schedule } from "./schedule/index.ts";
import { skill } from "./skill/index.ts";
import { text } from "./text/index.ts";
import { time } from "./time/index.ts";
import { todo } from "./todo/index.ts";
import { tool } from "./tool/index.ts";
import { user } from "./user/index.ts";
import { web } from "./web/index.ts";

export { useTool } from "./tool/index.ts";

export const TOOLS: readonly Tool[] = [
  ...fs,
  ...text,
  ...json,
  ...csv,
  ...time,
  ...calc,
  ...random,
  ...hashes,
  ...encoding,
  ...http,
  ...web,
  ...memory,
  ...lesson,
  ...graph,
  ...diary,
  ...todo,
  ...note,
  ...schedule,
  ...skill,
  ...user,
  ...agent,
  ...tool,
];
