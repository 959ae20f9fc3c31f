/**
 * A real server with the agent that ships, talked to over HTTP as the panel does: `POST /api/chat/field`, and what happens on
 * `/api/events`.
 */
import { cpSync, existsSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import type { Event, LiveEvent } from "#contract";
import { freshHome, ROOT, type System, startSystem, until } from "../tests/support/system.ts";

/** When things happened to one message, in milliseconds since it was sent. */
export interface Heard {
  /** The server has answered 202. */
  readonly accepted: number;
  /** The first words of the model have arrived. */
  readonly first: number;
  /** The message is answered, all that the turn does afterwards included. */
  readonly done: number;
}

export interface Conversation {
  readonly system: System;
  /** Says something, and waits until it is answered. @throws where the turn failed */
  say(text: string, session: string): Promise<Heard>;
  end(): Promise<void>;
}

interface Open {
  readonly begun: number;
  first?: number;
  readonly finish: (at: number) => void;
  readonly fail: (error: Error) => void;
}

/** @param model  the base URL of a server of the OpenAI dialect */
export async function startConversation(
  model: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Conversation> {
  const home = freshHome();
  const system = await startSystem({ home, env });
  const nowhere = { ollama: null, llamacpp: null, lmstudio: null, vllm: null };
  await system.result("setting.set", { key: "gateway.detect_ports", value: nowhere });
  const folder = join(home, "agents", "field.fwagent");
  if (!existsSync(folder)) cpSync(join(ROOT, "packs", "field", "field.fwagent"), folder, { recursive: true });
  await until("field is noticed", async () => (await system.call("agent.show", { id: "field" })).ok);
  await system.result("agent.approve", { id: "field", grants: "all" });
  await system.result("model.add", { name: "m", dialect: "openai", base_url: `${model}/v1`, model: "m" });
  await system.result("model.use", { model: "m" });

  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: `Bearer ${system.token}` };
  /** By trace. An event may come before the answer that names the trace. */
  const open = new Map<string, Open>();
  const early = new Map<string, [at: number, event: Event | LiveEvent][]>();

  const hear = (event: Event | LiveEvent, at: number, one: Open) => {
    if (event.kind === "llm.delta") one.first ??= at;
    else if (event.kind === "message.answered") one.finish(at);
    else if (event.kind === "message.failed") one.fail(new Error(JSON.stringify(event)));
  };
  const onEvent = (event: Event | LiveEvent) => {
    if (event.kind !== "llm.delta" && !event.kind.startsWith("message.")) return;
    const trace = String(event.trace);
    const at = performance.now();
    const one = open.get(trace);
    if (one) hear(event, at, one);
    else early.getOrInsertComputed(trace, () => []).push([at, event]);
  };
  const stream = request(`${system.url}/api/events`, { headers }, (answer) => {
    let rest = "";
    answer.setEncoding("utf8").on("data", (text: string) => {
      const frames = (rest + text).split("\n\n");
      rest = frames.pop() ?? "";
      for (const frame of frames) {
        const data = frame.split("\n").find((line) => line.startsWith("data: "));
        if (data !== undefined) onEvent(JSON.parse(data.slice("data: ".length)));
      }
    });
  });
  stream.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    stream.once("response", () => resolve());
    stream.end();
  });

  const post = (body: string) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const sent = request(
        `${system.url}/api/chat/field`,
        {
          method: "POST",
          agent,
          headers: {
            ...headers,
            "content-type": "application/json",
            "content-length": Buffer.byteLength(body),
          },
        },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (chunk) => {
            text += chunk;
          });
          answer.once("end", () => resolve({ status: answer.statusCode ?? 0, text }));
        },
      );
      sent.once("error", reject);
      sent.end(body);
    });

  return {
    system,
    async say(text, session) {
      const begun = performance.now();
      const answer = await post(JSON.stringify({ text, session }));
      const accepted = performance.now() - begun;
      if (answer.status !== 202) throw new Error(`status ${answer.status}: ${answer.text}`);
      const { trace } = (JSON.parse(answer.text) as { result: { trace: string } }).result;
      const { promise, resolve: finish, reject: fail } = Promise.withResolvers<number>();
      const one: Open = { begun, finish, fail };
      open.set(trace, one);
      for (const [at, event] of early.get(trace) ?? []) hear(event, at, one);
      early.delete(trace);
      const done = await promise;
      open.delete(trace);
      if (one.first === undefined) throw new Error(`nothing was streamed to ${text}`);
      return { accepted, first: one.first - begun, done: done - begun };
    },
    async end() {
      stream.destroy();
      agent.destroy();
      await system.stop();
      await system.end();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
