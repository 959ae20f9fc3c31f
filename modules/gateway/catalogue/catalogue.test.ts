import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { modelProvider } from "#contract";
import { createTransport } from "../transport/send.ts";
import { listCatalogue } from "./catalogue.ts";
import { PROVIDERS } from "./providers.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A provider that answers so to whatever it is asked, and what it was asked. */
async function provider(status: number, body: string) {
  const asked: { url: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((incoming, outgoing) => {
    asked.push({ url: incoming.url ?? "", headers: incoming.headers });
    outgoing.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const transport = createTransport();
  closers.push(transport.close, () => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = (dialect: "openai" | "anthropic", path = "/v1", key: string | undefined = "sk-key") =>
    listCatalogue({ dialect, base_url: `${url}${path}`, key }, transport, new AbortController().signal);
  return { ask, asked };
}

describe("what a key can use", () => {
  test("is asked of an OpenAI-like provider with the key as a bearer token", async () => {
    const { ask, asked } = await provider(
      200,
      JSON.stringify({ data: [{ id: "b" }, { id: "a", context_window: 131072 }] }),
    );
    const { models } = await ask("openai");
    expect(models).toMatchObject([
      { id: "a", context_tokens: 131_072 },
      { id: "b", context_tokens: null },
    ]);
    expect(asked).toMatchObject([{ url: "/v1/models", headers: { authorization: "Bearer sk-key" } }]);
  });

  test("is asked of Anthropic with its own headers, under the customary path", async () => {
    const { ask, asked } = await provider(
      200,
      JSON.stringify({ data: [{ type: "model", id: "claude-x", display_name: "Claude X" }] }),
    );
    expect((await ask("anthropic", "")).models).toMatchObject([{ id: "claude-x", name: "Claude X" }]);
    expect(asked[0]?.url).toBe("/v1/models?limit=1000");
    expect(asked[0]?.headers).toMatchObject({ "x-api-key": "sk-key", "anthropic-version": "2023-06-01" });
  });

  test("comes with prices where the provider tells them, a token's or a million's", async () => {
    const body = JSON.stringify([
      { id: "openrouter/one", context_length: 8192, pricing: { prompt: "0.0000025", completion: "0.00001" } },
      { id: "together/two", type: "embedding", pricing: { input: 0.2, output: 0.6 } },
    ]);
    const { ask } = await provider(200, body);
    expect((await ask("openai")).models).toMatchObject([
      { id: "openrouter/one", input_usd: 2.5, output_usd: 10, embeds: false },
      { id: "together/two", input_usd: 0.2, output_usd: 0.6, embeds: true },
    ]);
  });

  test.each([
    [
      401,
      '{"error":{"message":"Incorrect API key provided: sk-key","type":"invalid_request_error"}}',
      "model_auth",
    ],
    [404, "<html>not here</html>", "model_unreachable"],
    [200, "<html>a page</html>", "model_malformed"],
    [200, '{"object":"list"}', "model_malformed"],
    [503, "", "model_overloaded"],
  ])("a refusal (%i) is told in words, without the key", async (status, body, code) => {
    const { ask } = await provider(status, body);
    const error = await ask("openai").catch((thrown: Error & { code: string }) => thrown);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).not.toContain("sk-key");
  });
});

test("every provider that is known has what a form needs", () => {
  for (const one of PROVIDERS) {
    expect(modelProvider.parse(one)).toEqual(one);
    if (one.id === "custom") continue;
    expect(URL.canParse(one.base_url)).toBe(true);
    expect(new URL(one.base_url).protocol).toBe(one.local ? "http:" : "https:");
  }
  expect(new Set(PROVIDERS.map(({ id }) => id)).size).toBe(PROVIDERS.length);
});
