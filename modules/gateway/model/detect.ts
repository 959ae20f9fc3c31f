import type { JsonValue } from "#contract";
import { asCount, asText, isObject } from "../dialect/parts.ts";
import type { Transport } from "../transport/send.ts";
import type { Model } from "./model.ts";

const WAIT_MS = 800;
const BODY_MAX_BYTES = 1024 * 1024;
const MODELS_MAX = 200;

export type Servers = Readonly<Record<"ollama" | "llamacpp" | "lmstudio" | "vllm", number | null>>;

/** What answers at a server's port: its models; `undefined` where nobody does, or not in the way of a model server. */
export interface Found {
  readonly server: string;
  readonly models: readonly Model[] | undefined;
}

/** Looks for model servers on this machine, on loopback only; one short request each. */
export function detectServers(ports: Servers, transport: Transport): Promise<Found[]> {
  return Promise.all(
    Object.entries(ports).map(async ([server, port]) => ({
      server,
      models: port === null ? undefined : await ask(server, port, transport).catch(() => undefined),
    })),
  );
}

async function ask(server: string, port: number, transport: Transport): Promise<Model[] | undefined> {
  const base = `http://127.0.0.1:${port}`;
  const path = server === "ollama" ? "/api/tags" : server === "lmstudio" ? "/api/v0/models" : "/v1/models";
  const body =
    (await get(`${base}${path}`, transport)) ??
    (server === "lmstudio" ? await get(`${base}/v1/models`, transport) : undefined);
  if (!isObject(body)) return undefined;
  const list = server === "ollama" ? body.models : body.data;
  if (!Array.isArray(list)) return undefined;
  return (list as JsonValue[]).slice(0, MODELS_MAX).flatMap((one) => {
    if (!isObject(one)) return [];
    const id = asText(one.id) || asText(one.name);
    const name = `${server}/${id}`;
    if (!/^[a-z0-9][a-z0-9._:/-]{0,127}$/i.test(name) || id === "") return [];
    const meta = isObject(one.meta) ? one.meta : {};
    return [
      {
        name,
        dialect: "openai" as const,
        base_url: `${base}/v1`,
        model: id,
        has_key: false,
        detected: true,
        context_tokens:
          asCount(one.max_model_len) ??
          asCount(one.loaded_context_length) ??
          asCount(one.max_context_length) ??
          asCount(meta.n_ctx) ??
          null,
        input_usd: 0,
        output_usd: 0,
        cache_read_usd: 0,
        cache_write_usd: 0,
        embeds: one.type === "embeddings" || /embed|(^|[/-])(bge|gte|e5|minilm)/i.test(id),
      },
    ];
  });
}

async function get(address: string, transport: Transport): Promise<unknown> {
  const sent = await transport.send({
    url: new URL(address),
    method: "GET",
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(WAIT_MS),
    first_ms: WAIT_MS,
    between_ms: WAIT_MS,
  });
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of sent.body()) {
    pieces.push(chunk);
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES) {
      sent.drop();
      return undefined;
    }
  }
  return sent.status === 200 ? (JSON.parse(Buffer.concat(pieces).toString("utf8")) as unknown) : undefined;
}
