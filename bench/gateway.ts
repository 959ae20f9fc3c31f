/**
 * What the gateway adds to a request: `llm.complete` in process, and `/v1/chat/completions` whole and streaming, over a direct
 * request to the same scripted server, which answers at once from a process of its own. Beside it a bare `node:http`
 * pass-through. One request at a time.
 * `node bench/gateway.ts`
 */
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { startGateway } from "../server/gateway/index.ts";
import { show } from "./figure.ts";
import { duration, quietMedian, type Timing } from "./harness.ts";
import { startKernel } from "./kernel.ts";
import { startScriptedModel } from "./scripted-model.ts";

const ROUNDS = 300;
const REPETITIONS = 5;

await measure();

async function measure(): Promise<void> {
  const model = await startScriptedModel();
  const { port, url: base_url } = model;
  const agent = new Agent({ keepAlive: true });
  const passed = await passThrough(port);
  const bench = await startKernel();
  await bench.result("model.add", { name: "m", dialect: "openai", base_url, model: "m" });
  const { key } = await bench.result<{ key: string }>("model.key", { name: "bench" });
  const gateway = await startGateway({ kernel: bench.kernel, port: 0 });

  const messages = [{ role: "user", content: "Say something short." }];
  const post = (to: number, stream: boolean) => () =>
    new Promise<void>((resolve, reject) => {
      const body = JSON.stringify({ model: "m", messages, stream });
      const headers = {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      };
      const sent = request(
        { host: "127.0.0.1", port: to, path: "/v1/chat/completions", method: "POST", agent, headers },
        (answer) => {
          if (answer.statusCode !== 200) reject(new Error(`status ${answer.statusCode}`));
          answer.resume().once("end", resolve);
        },
      );
      sent.once("error", reject);
      sent.end(body);
    });
  const time = (work: () => Promise<unknown>) => quietMedian(REPETITIONS, ROUNDS, work);

  const direct = await time(post(port, true));
  const bare = await time(post(passed.port, true));
  const inProcess = await time(() => bench.result("llm.complete", { messages }));
  const whole = await time(post(gateway.port, false));
  const streamed = await time(post(gateway.port, true));

  await gateway.close();
  await bench.end();
  passed.close();
  agent.destroy();
  model.end();

  const over = ({ p50, p99 }: Timing) =>
    `+${duration(p50 - direct.p50)} p50, +${duration(Math.max(0, p99 - direct.p99))} p99`;
  const baseline = `direct ${duration(direct.p50)}; bare pass-through ${over(bare)}`;
  const figure = (what: string, timing: Timing, aimMs: number) => ({
    what,
    aim: `≤ +${duration(aimMs)} p50`,
    measured: over(timing),
    baseline,
    met: timing.p50 - direct.p50 <= aimMs,
  });
  show([
    figure("llm.complete in process: counter, journal, budget, retries", inProcess, 2),
    figure("/v1/chat/completions, whole", whole, 2),
    figure("/v1/chat/completions, streaming", streamed, 2),
  ]);
}

/** The least a gateway can do on this runtime: hand bytes on. */
async function passThrough(port: number): Promise<{ readonly port: number; close(): void }> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const { url: path, method, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port, path, method, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
