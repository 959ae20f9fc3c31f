import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Event, JsonValue, Mail, SessionEntry } from "../../contract/index.ts";
import {
  type ModelRequest,
  type ModelScript,
  type ModelServer,
  startModelServer,
} from "../model-server/index.ts";
import { freshHome, ROOT, type System, startSystem, until } from "../support/system.ts";

export interface TurnReply {
  readonly reply: string;
  readonly finish: string;
  readonly steps: number;
  readonly tools: readonly {
    readonly tool: string;
    readonly ok: boolean;
    readonly code?: string;
    readonly receipt?: { readonly seq: number };
  }[];
  readonly usage: { readonly input_tokens: number; readonly output_tokens: number };
  readonly outcome_unknown?: readonly string[];
  readonly [field: string]: unknown;
}

/** A real server with the agent that ships and a scripted model. */
export interface Talk {
  readonly home: string;
  readonly model: ModelServer;
  system(): System;
  /** Says something and waits for the answer. @throws where the message failed */
  say(text: string, session?: string): Promise<TurnReply>;
  /** Says something and does not wait. */
  send(text: string, session?: string): Promise<{ readonly id: string; readonly trace: string }>;
  finished(id: string): Promise<Mail>;
  entries(session?: string): Promise<SessionEntry[]>;
  events(kind: string): Promise<Event[]>;
  /** `kill -9` and a new start on the same home. */
  crash(): Promise<void>;
  /** Stopped as a person stops it, and a new start on the same home. */
  restart(): Promise<void>;
}

/** @param script  what the model says; without one no model is connected */
export async function startTalk(
  script: ModelScript | undefined,
  settings: Readonly<Record<string, JsonValue>> = {},
): Promise<Talk> {
  const home = freshHome();
  const model = await startModelServer(script);
  const env = { FIELDWORK_GATEWAY_PORT: "0" };
  let system = await startSystem({ home, env });
  onTestFinished(async () => {
    await system.end();
    await model.close();
  });
  const nowhere = { ollama: null, llamacpp: null, lmstudio: null, vllm: null };
  await system.result("setting.set", { key: "gateway.detect_ports", value: nowhere });
  for (const [key, value] of Object.entries(settings)) await system.result("setting.set", { key, value });
  const folder = join(home, "agents", "field.fwagent");
  if (!existsSync(folder)) cpSync(join(ROOT, "packs", "field", "field.fwagent"), folder, { recursive: true });
  await until("field is noticed", async () => (await system.call("agent.show", { id: "field" })).ok);
  await system.result("agent.approve", { id: "field", grants: "all" });
  if (script !== undefined) {
    const base_url = `${model.url}/v1`;
    await system.result("model.add", { name: "scripted", dialect: "openai", base_url, model: "scripted" });
    await system.result("model.use", { model: "scripted" });
  }

  const send: Talk["send"] = (text, session = "s") =>
    system.result("message.send", { to: "field", session, text });
  const find = async (id: string) =>
    (await system.result<{ messages: Mail[] }>("message.list", { to: "field", limit: 500 })).messages.find(
      (mail) => mail.id === id,
    );
  const finished: Talk["finished"] = (id) =>
    until(
      `message ${id} is handled`,
      async () => {
        const mail = await find(id);
        return mail?.state === "done" || mail?.state === "failed" ? mail : undefined;
      },
      30_000,
    );
  return {
    home,
    model,
    system: () => system,
    send,
    finished,
    async say(text, session = "s") {
      const { mail } = await system.result<{ mail: Mail }>("message.send", {
        to: "field",
        session,
        text,
        wait: true,
      });
      if (mail.state !== "done") throw new Error(`the message failed: ${JSON.stringify(mail.error)}`);
      return mail.reply as unknown as TurnReply;
    },
    async entries(session = "s") {
      const shown = await system.result<{ entries: SessionEntry[] }>("session.show", {
        agent: "field",
        session,
        limit: 1000,
      });
      return shown.entries;
    },
    async events(kind) {
      return (await system.result<{ events: Event[] }>("journal.query", { kind, newest: true, limit: 1000 }))
        .events;
    },
    async crash() {
      await system.kill();
      system = await startSystem({ home, env });
    },
    async restart() {
      await system.stop();
      system = await startSystem({ home, env });
    },
  };
}

/** All that was said to the model in a request, as one text. */
export const prompt = (request: ModelRequest | undefined): string =>
  JSON.stringify(request?.body.messages ?? []);
