import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { succeed } from "#contract";
import { keepLogBounded, startServer } from "./index.ts";
import { bytes, scriptedKernel, serve, TOKEN } from "./test/server.ts";

const start = (port: number, host = "127.0.0.1") =>
  startServer({ kernel: scriptedKernel().port, home: tmpdir(), host, port, token: TOKEN, version: "0.1.0" });

describe("a server that cannot listen says what to do", () => {
  test("when the port is taken", async () => {
    const { server } = await serve();
    await expect(start(server.port)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(String(server.port)),
      remedy: expect.stringContaining("FIELDWORK_PORT="),
    });
  });

  test.each([Number.NaN, -1, 65536, 1.5])("when the port is %d", async (port) => {
    const remedy = expect.stringContaining("FIELDWORK_PORT");
    await expect(start(port)).rejects.toMatchObject({ code: "invalid_input", remedy });
  });

  test("when the address is not this machine's", async () => {
    await expect(start(0, "192.0.2.1")).rejects.toMatchObject({
      code: "invalid_input",
      remedy: expect.stringContaining("FIELDWORK_HOST"),
    });
  });
});

test("it listens on its own address only", async () => {
  const { server } = await serve();
  const other = Object.values(networkInterfaces())
    .flat()
    .find((one) => one && !one.internal && one.family === "IPv4")?.address;
  for (const address of ["127.0.0.2", ...(other ? [other] : [])]) {
    const outcome = await new Promise((resolve) => {
      const socket = connect(server.port, address);
      socket.once("connect", () => resolve("open")).once("error", () => resolve("closed"));
      onTestFinished(() => void socket.destroy());
    });
    expect(outcome, address).toBe("closed");
  }
});

describe("a client that dawdles", () => {
  const limits = { headers_timeout_ms: 500, request_timeout_ms: 800 };

  test("over its headers is cut off", async () => {
    const { server } = await serve(undefined, { limits });
    expect(await bytes(server.port, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")).toMatch(/ 408 /);
  });

  test("over its body is cut off", async () => {
    const { server, calls } = await serve(undefined, { limits });
    const head = `POST /api/call HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
    expect(await bytes(server.port, head)).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    expect(calls).toEqual([]);
  });

  test("with headers larger than the limit is refused", async () => {
    const { server } = await serve();
    const head = `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Big: ${"x".repeat(20_000)}\r\n\r\n`;
    expect(await bytes(server.port, head)).toMatch(/ 431 /);
  });

  test("does not stop the others", async () => {
    const { server } = await serve();
    const idle = Array.from({ length: 100 }, () => connect(server.port, "127.0.0.1"));
    onTestFinished(() => idle.forEach((one) => void one.destroy()));
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

test("garbage instead of HTTP is answered with 400 and the server goes on", async () => {
  const { server } = await serve();
  const head = "GET /%zz\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n";
  for (const garbage of ["\u0016\u0003\u0001\u0002\u0000", "hello\r\n\r\n", head])
    expect(await bytes(server.port, garbage)).toMatch(/ 400 /);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});

describe("close", () => {
  test("lets a request under way finish, and takes no new one", async () => {
    const go = Promise.withResolvers<void>();
    const { ask, calls, server } = await serve(async () => {
      await go.promise;
      return succeed("done");
    });
    const asked = ask("/api/agents");
    await expect.poll(() => calls.length).toBe(1);
    const before = performance.now();
    const closing = server.close();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    go.resolve();
    expect(await (await asked).json()).toEqual({ ok: true, result: "done" });
    await closing;
    expect(performance.now() - before).toBeLessThan(30_000);
  });

  test("cuts off what does not end in its time", async () => {
    const { ask, calls, server } = await serve(() => new Promise(() => {}), {
      limits: { close_grace_ms: 200 },
    });
    const asked = ask("/api/agents").catch(() => "cut off");
    await expect.poll(() => calls.length).toBe(1);
    const before = performance.now();
    await server.close();
    expect(performance.now() - before).toBeLessThan(30_000);
    expect(await asked).toBe("cut off");
  });
});

test("a log that grows is cut, and the last part kept beside it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fieldwork-log-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "server.log");
  await writeFile(path, "x".repeat(2000));
  const stop = keepLogBounded(path, { max_bytes: 1000, every_ms: 10 });
  onTestFinished(stop);
  await expect.poll(() => readFile(path, "utf8")).toBe("");
  expect((await readFile(`${path}.1`, "utf8")).length).toBe(2000);
});
