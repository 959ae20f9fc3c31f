import { type GuestMemory, utf8 } from "./guest-memory.ts";
import { ask, type KernelPort, PortError } from "./port.ts";

type Json = Readonly<Record<string, unknown>>;
type Translate = (request: Json, port: KernelPort) => Promise<unknown>;

const ERROR_CHARS = 400;
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const given = (entries: Json): Json =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

/** Each import of Flowork's host module as a call of the counter. */
const TRANSLATIONS: Readonly<Record<string, Translate>> = {
  async host_net_fetch(request, port) {
    const { status, headers, body, truncated } = await ask<{
      status: number;
      headers: Record<string, string>;
      body: string;
      truncated: boolean;
    }>(
      port,
      "flowork.fetch",
      given({
        url: text(request.url),
        method: request.method,
        headers: request.headers,
        body: request.body_base64,
        timeout_ms: request.timeout_ms,
        max_bytes: request.max_resp_bytes,
      }),
    );
    return {
      status,
      headers: truncated ? { ...headers, "X-Flowork-Truncated": "1" } : headers,
      body_base64: body,
    };
  },
  async host_exec_run(request, port) {
    const { code, stdout, stderr } = await ask<{ code: number | null; stdout: string; stderr: string }>(
      port,
      "exec.run",
      given({
        program: text(request.binary),
        args: request.args,
        cwd: request.cwd,
        timeout_ms: request.timeout_ms,
      }),
    );
    return { exit_code: code ?? -1, stdout, stderr };
  },
  async host_rpc_call(request, port) {
    const target = text(request.target);
    const dot = target.indexOf(".");
    if (dot < 1) throw new PortError("invalid_input", "the target is written <module>.<function>");
    const { reply } = await ask<{ reply: unknown }>(port, "bus.request", {
      to: target.slice(0, dot),
      type: target.slice(dot + 1),
      payload: request.args ?? {},
    });
    return reply;
  },
  host_log_interaction: (request, port) => ask(port, "flowork.interaction", request),
  host_log_decision: (request, port) => ask(port, "flowork.decision", request),
  host_karma_update: (request, port) => ask(port, "flowork.karma", request),
  host_slash_dispatch: (request, port) => ask(port, "flowork.slash", { text: text(request.text) }),
};

/**
 * Import module `flowork`. JSON functions: `(req_ptr, req_len, out_ptr, out_max) -> bytes written`; a reply is cut at `out_max`, a failure
 * is `{"error"}` of 400 characters at most.
 */
export function floworkImports(memory: GuestMemory, port: KernelPort) {
  const waiting: Record<string, (at: number, length: number, out: number, max: number) => Promise<number>> =
    {};
  for (const [name, translate] of Object.entries(TRANSLATIONS)) {
    waiting[name] = async (at, length, out, max) => {
      const reply = utf8(JSON.stringify(await answer(translate, memory.text(at, length), port)));
      const part = reply.subarray(0, max >>> 0);
      return memory.put(out, part) ? part.byteLength : 0;
    };
  }
  return { waiting, immediate: { host_time_now_ms: () => BigInt(Date.now()) } };
}

async function answer(translate: Translate, request: string | undefined, port: KernelPort): Promise<unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(request ?? "");
  } catch {
    return { error: "the request is not JSON" };
  }
  if (typeof parsed !== "object" || parsed === null) return { error: "the request is not a JSON object" };
  try {
    return (await translate(parsed as Json, port)) ?? null;
  } catch (error) {
    if (error instanceof PortError) return { error: `${error.code}: ${error.message}`.slice(0, ERROR_CHARS) };
    throw error;
  }
}
