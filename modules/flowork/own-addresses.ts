import { lstat, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  ACTIONS,
  type CallContext,
  ERRORS,
  FieldworkError,
  type JsonValue,
  type ToolSpec,
  toErrorData,
  toolFunctionName,
} from "#contract";
import { completeChat } from "./chat.ts";
import { interactions } from "./records.ts";

const PANEL = new Set(["127.0.0.1:1987", "localhost:1987"]);
const GATEWAY = new Set(["127.0.0.1:2402", "localhost:2402"]);

export const isOwnAddress = ({ host }: URL): boolean => PANEL.has(host) || GATEWAY.has(host);

export interface Answer {
  readonly status: number;
  readonly body: JsonValue;
}

type Route = (url: URL, body: JsonValue, context: CallContext) => Promise<Answer> | Answer;

const ok = (body: JsonValue): Answer => ({ status: 200, body });

/** What Flowork's modules ask of the system's own HTTP addresses, answered in process; the identity is the caller's. */
const ROUTES: Readonly<Record<string, Route>> = {
  async "POST /api/kernel/call"(_, body, context) {
    const { cap, args = {} } = (body ?? {}) as { cap?: unknown; args?: JsonValue };
    if (typeof cap !== "string") return ok({ error: "cap is missing" });
    try {
      return ok(await context.call(cap, args));
    } catch (thrown) {
      return ok({ error: toErrorData(thrown).message });
    }
  },
  async "GET /api/agents/self-prompt/render"(_, __, context) {
    const folder = dirname(context.workspace);
    const texts = await Promise.all(
      ["prompt.md", "doktrin.md", "doctrine.md"].map((name) => readPlain(join(folder, name))),
    );
    const rendered = texts.filter((text) => text !== "").join("\n\n");
    return ok({ rendered, slots_used: [], length_bytes: Buffer.byteLength(rendered) });
  },
  "GET /api/agents/interactions"(url, _, context) {
    const limit = Math.min(500, Math.max(1, Math.trunc(Number(url.searchParams.get("limit"))) || 50));
    const items = interactions(context.state(), {
      limit,
      channel: url.searchParams.get("channel") ?? "",
      actor: url.searchParams.get("actor") ?? "",
    });
    return ok({ items: items as unknown as JsonValue, count: items.length });
  },
  async "GET /api/agents/tools/specs"(_, __, context) {
    const { tools } = (await context.call("tool.specs", {})) as unknown as { tools: readonly ToolSpec[] };
    const functions = tools.map(({ name, summary, input_schema }) => ({
      type: "function",
      function: { name: toolFunctionName(name), description: summary, parameters: input_schema },
    }));
    return ok({ tools: functions, count: functions.length });
  },
  async "POST /api/agents/tools/run"(_, body, context) {
    const { tool_name, args = {} } = (body ?? {}) as { tool_name?: unknown; args?: JsonValue };
    if (typeof tool_name !== "string") return ok({ error: "tool_name is missing" });
    const begun = context.host.now();
    try {
      const { output, note } = (await context.call("tool.run", { name: tool_name, args })) as unknown as {
        output: JsonValue;
        note?: string;
      };
      const result = note === undefined ? { output } : { output, note };
      return ok({ ok: true, tool_name, result, latency_ms: context.host.now() - begun });
    } catch (thrown) {
      return ok({ error: toErrorData(thrown).message });
    }
  },
  "GET /api/taskflow/categories": () => ok({ categories: [] }),
};

/** The router's address. */
const GATEWAY_ROUTES: Readonly<Record<string, Route>> = {
  async "POST /v1/chat/completions"(_, body, context) {
    try {
      return ok(await completeChat(body, context));
    } catch (thrown) {
      const { code, message } = toErrorData(thrown);
      return { status: ERRORS[code].status, body: { error: { message, type: code } } };
    }
  },
};

const PROMPT_MAX_BYTES = 1_048_576;

/** A text file, never through a link; empty where there is none. */
async function readPlain(path: string): Promise<string> {
  try {
    const found = await lstat(path);
    return found.isFile() && found.size <= PROMPT_MAX_BYTES ? await readFile(path, "utf8") : "";
  } catch {
    return "";
  }
}

/**
 * A request to one of the system's own addresses. Allowed where the module's grants of `http.fetch` name the address.
 * @throws FieldworkError `denied`
 */
export async function answerOwn(
  url: URL,
  method: string,
  bodyText: string,
  context: CallContext,
): Promise<Answer> {
  if (!context.allows(url.href, "http.fetch")) {
    throw new FieldworkError("denied", `${context.caller.id} holds no grant http.fetch:${url.href}.`, {
      remedy: "The owner can give it.",
      action: ACTIONS.give_grant(context.caller.id, `http.fetch:${url.origin}/`),
      details: {
        module: context.caller.id,
        capability: "http.fetch",
        missing_grant: `http.fetch:${url.href}`,
      },
    });
  }
  const asked = url.searchParams.get("id");
  if (asked !== null && asked !== context.caller.id)
    return { status: 403, body: { error: `You are ${context.caller.id}, not ${asked}.` } };
  const route = (GATEWAY.has(url.host) ? GATEWAY_ROUTES : ROUTES)[`${method} ${url.pathname}`];
  if (!route) return { status: 404, body: { error: `There is nothing at ${method} ${url.pathname}.` } };
  let body: JsonValue = null;
  try {
    if (bodyText !== "") body = JSON.parse(bodyText) as JsonValue;
  } catch {
    return { status: 400, body: { error: "the body is not JSON" } };
  }
  return route(url, body, context);
}
