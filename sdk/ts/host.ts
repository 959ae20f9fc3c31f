import { type Brain, createBrain } from "./brain.ts";
import { type Bus, createBus } from "./bus.ts";
import type { Call } from "./call.ts";
import { createFiles, type Files } from "./fs.ts";
import { createLlm, type Llm } from "./llm.ts";
import { createMind, type Mind } from "./mind.ts";
import { createExec, createHttp, createSecret, type Exec, type Http, type Secret } from "./outside.ts";
import { createSchedule, type Schedule } from "./schedule.ts";
import { createSession, type Session } from "./session.ts";
import { createStore, type Store } from "./store.ts";
import {
  type Batch,
  createBatch,
  createLog,
  createRandom,
  createRegistry,
  createTime,
  type Log,
  type Random,
  type Registry,
  type Time,
} from "./system.ts";
import { createTool, type Tool } from "./tool.ts";

/** All an agent gets of the world. Every member is a short form of `call`. */
export interface Host {
  readonly call: Call;
  readonly store: Store;
  readonly brain: Brain;
  readonly mind: Mind;
  readonly llm: Llm;
  readonly tool: Tool;
  readonly session: Session;
  readonly bus: Bus;
  readonly fs: Files;
  readonly http: Http;
  readonly exec: Exec;
  readonly secret: Secret;
  readonly schedule: Schedule;
  readonly registry: Registry;
  readonly time: Time;
  readonly random: Random;
  readonly log: Log;
  readonly batch: Batch;
}

/** The short forms over one way to call. */
export function createHost(call: Call): Host {
  return {
    call,
    store: createStore(call),
    brain: createBrain(call),
    mind: createMind(call),
    llm: createLlm(call),
    tool: createTool(call),
    session: createSession(call),
    bus: createBus(call),
    fs: createFiles(call),
    http: createHttp(call),
    exec: createExec(call),
    secret: createSecret(call),
    schedule: createSchedule(call),
    registry: createRegistry(call),
    time: createTime(call),
    random: createRandom(call),
    log: createLog(call),
    batch: createBatch(call),
  };
}
