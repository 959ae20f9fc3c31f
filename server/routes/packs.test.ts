import { readdir, readFile, stat } from "node:fs/promises";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { PACK_LIMITS, succeed } from "#contract";
import { bytes, type Call, serve, TOKEN } from "../test/server.ts";

const send = (body: string | ReadableStream, type = "application/zip") =>
  ({ method: "POST", headers: { "content-type": type }, body, duplex: "half" }) as never;

describe("POST /api/packs", () => {
  test("keeps the upload in the home's tmp while the kernel looks at it, for nobody else to read", async () => {
    const seen: { content?: string; mode?: number; path?: string } = {};
    const { ask, home } = await serve(async ({ args }) => {
      const { path } = args as { path: string };
      const content = await readFile(path, "utf8");
      Object.assign(seen, { path, content, mode: (await stat(path)).mode & 0o777 });
      return succeed({ id: "notes" });
    });
    const response = await ask("/api/packs", send("PK bytes"));
    expect(await response.json()).toEqual({ ok: true, result: { id: "notes" } });
    expect(seen.content).toBe("PK bytes");
    expect(dirname(seen.path as string)).toBe(join(home, "tmp"));
    if (process.platform !== "win32") expect(seen.mode).toBe(0o600);
    expect(await readdir(join(home, "tmp"))).toEqual([]);
  });

  test.each([
    ["", "pack.inspect", {}],
    ["?install=0", "pack.inspect", {}],
    ["?install=1&grants=all", "pack.install", { grants: "all", enable: true }],
    ["?install=1&grants=none&enable=0", "pack.install", { grants: "none", enable: false }],
    [
      "?install=1&grants=fs.read:/a,b&grants=time.now",
      "pack.install",
      { grants: ["fs.read:/a,b", "time.now"], enable: true },
    ],
    ["?install=1&grants=time.now", "pack.install", { grants: ["time.now"], enable: true }],
  ])("%s is %s with %j", async (query, cap, args) => {
    const { ask, calls } = await serve();
    expect((await ask(`/api/packs${query}`, send("PK"))).status).toBe(200);
    const { path, ...rest } = (calls[0] as Call).args as { path: string };
    expect([calls[0]?.cap, rest]).toEqual([cap, args]);
  });

  test.each([
    ["?install=1", "PK", "application/zip"],
    ["?nonsense=1", "PK", "application/zip"],
    ["", "", "application/zip"],
    ["", "PK", "text/html"],
  ])("refuses %s with %j as %s", async (query, body, type) => {
    const { ask, calls } = await serve();
    expect((await ask(`/api/packs${query}`, send(body, type))).status).toBe(400);
    expect(calls).toEqual([]);
  });

  test("refuses more than the limit, declared at once, streamed while it comes, and leaves nothing behind", async () => {
    const { ask, calls, home, server } = await serve();
    const head = `POST /api/packs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/zip`;
    const declared = `${head}\r\nContent-Length: ${PACK_LIMITS.packed_bytes + 1}\r\n\r\n`;
    expect(await bytes(server.port, declared)).toMatch(/^HTTP\/1\.1 413 /);
    const chunk = Buffer.alloc(1024 * 1024);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        if (sent > PACK_LIMITS.packed_bytes + 8 * chunk.length) controller.close();
        else controller.enqueue(chunk);
        sent += chunk.length;
      },
    });
    const response = await ask("/api/packs", send(endless));
    expect(response.status).toBe(413);
    expect(calls).toEqual([]);
    expect(await readdir(join(home, "tmp"))).toEqual([]);
  });

  test("leaves nothing behind when the client goes away in the middle", async () => {
    const { server, calls, home } = await serve();
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      `POST /api/packs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/zip\r\nContent-Length: 1000\r\n\r\nPK`,
    );
    const files = () => readdir(join(home, "tmp")).catch(() => []);
    await expect.poll(async () => (await files()).length).toBe(1);
    socket.destroy();
    await expect.poll(async () => (await files()).length).toBe(0);
    expect(calls).toEqual([]);
  });

  test("takes a few uploads at a time and refuses the next", async () => {
    const go = Promise.withResolvers<void>();
    const { ask, calls } = await serve(async () => {
      await go.promise;
      return succeed({});
    });
    const running = Array.from({ length: 4 }, () => ask("/api/packs", send("PK")));
    await expect.poll(() => calls.length).toBe(4);
    expect((await ask("/api/packs", send("PK"))).status).toBe(429);
    go.resolve();
    expect((await Promise.all(running)).map((one) => one.status)).toEqual([200, 200, 200, 200]);
    expect((await ask("/api/packs", send("PK"))).status).toBe(200);
  });
});
