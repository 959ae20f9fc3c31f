import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Event } from "#contract";
import type { Limits } from "../limits.ts";
import { serve, TOKEN } from "../test/server.ts";

type Server = Awaited<ReturnType<typeof serve>>;

/** Opens a stream and gives its blocks as they come. */
async function open({ ask }: Pick<Server, "ask">, query = "", headers: Record<string, string> = {}) {
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const response = await ask(`/api/events${query}`, { headers, signal: leave.signal });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  const block = async (): Promise<string | undefined> => {
    for (;;) {
      const end = buffer.indexOf("\n\n");
      if (end >= 0) {
        const found = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        return found;
      }
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) return undefined;
      buffer += value;
    }
  };
  expect(await block()).toBe("retry: 2000");
  expect(await block()).toBe(": connected");
  const next = async (count: number) => {
    const found: { id: number; event: string; data: Event }[] = [];
    while (found.length < count) {
      const text = await block();
      if (text === undefined) break;
      if (text.startsWith(":")) continue;
      const [id = "", event = "", data = ""] = text
        .split("\n")
        .map((line) => line.slice(line.indexOf(": ") + 2));
      found.push({ id: Number(id), event, data: JSON.parse(data) });
    }
    return found;
  };
  return { block, next, leave: () => leave.abort() };
}

const seqs = (found: readonly { id: number }[]) => found.map((one) => one.id);
const patient: Partial<Limits> = { event_heartbeat_ms: 20 };

describe("GET /api/events", () => {
  test("sends what is appended from now on: id is the seq, event the kind, data the event", async () => {
    const server = await serve();
    server.append();
    const stream = await open(server);
    server.append({ kind: "turn.finished", data: { text: "a\nb\r\n\n" } });
    const [found] = await stream.next(1);
    expect(found).toMatchObject({
      id: 2,
      event: "turn.finished",
      data: { seq: 2, data: { text: "a\nb\r\n\n" } },
    });
  });

  test("resumes after Last-Event-ID, or after ?after=, without a gap or a double, over many batches", async () => {
    const server = await serve();
    for (let n = 0; n < 1000; n++) server.append();
    const byHeader = await open(server, "?after=990", { "last-event-id": "3" });
    const byQuery = await open(server, "?after=3");
    const writer = setInterval(() => server.append(), 1);
    onTestFinished(() => clearInterval(writer));
    const expected = Array.from({ length: 1037 }, (_, n) => n + 4);
    expect(seqs(await byHeader.next(1037))).toEqual(expected);
    expect(seqs(await byQuery.next(1037))).toEqual(expected);
  });

  test("a client that comes back with what it saw last misses nothing", async () => {
    const server = await serve();
    const first = await open(server);
    for (let n = 0; n < 10; n++) server.append();
    const seen = seqs(await first.next(4));
    first.leave();
    server.append();
    const second = await open(server, "", { "last-event-id": String(seen.at(-1)) });
    expect([...seen, ...seqs(await second.next(7))]).toEqual(Array.from({ length: 11 }, (_, n) => n + 1));
  });

  test("a client that saw more than the journal holds is told so, and hears what comes from now on", async () => {
    const server = await serve();
    for (let n = 0; n < 3; n++) server.append();
    const stream = await open(server, "", { "last-event-id": "70" });
    const [gap] = await stream.next(1);
    expect(gap).toMatchObject({ id: 3, event: "journal.gap", data: { after: 70, last_seq: 3 } });
    server.append();
    expect(seqs(await stream.next(1))).toEqual([4]);
    const upToDate = await open(server, "", { "last-event-id": "4" });
    server.append();
    expect(seqs(await upToDate.next(1))).toEqual([5]);
  });

  test("filters by session, agent, kind and trace, all that are given", async () => {
    const server = await serve();
    const open1 = async (query: string) => (await open(server, `?after=0&${query}`)).next(1);
    server.append({ trace: "t1", data: { session: "s1" } });
    server.append({ kind: "tool.called", actor: "other", subject: "writer", trace: "t2" });
    server.append({ kind: "tool.called", data: { session: "s1" }, trace: "t3" });
    expect(seqs(await open1("session=s1&kind=tool.called"))).toEqual([3]);
    expect(seqs(await open1("agent=writer"))).toEqual([2]);
    expect(seqs(await open1("trace=t3"))).toEqual([3]);
    expect(seqs(await open1("kind=turn.started"))).toEqual([1]);
    expect(seqs(await open1("kind=tool.*&agent=notes"))).toEqual([3]);
  });

  test("with a filter that matches rarely, finds the match after thousands of others", async () => {
    const server = await serve();
    const stream = await open(server, "?trace=rare");
    for (let n = 0; n < 5000; n++) server.append();
    server.append({ trace: "rare" });
    expect(seqs(await stream.next(1))).toEqual([5001]);
  });

  test.each(["", "?trace=t", "?agent=notes"])(
    "with %j sends what could not be written at first once it is",
    async (query) => {
      const server = await serve();
      const stream = await open(server, query);
      server.hold(1);
      for (let n = 0; n < 3; n++) server.append();
      await new Promise((resolve) => setTimeout(resolve, 50));
      server.hold();
      expect(seqs(await stream.next(3))).toEqual([1, 2, 3]);
    },
  );

  test("carries what happens now without an id, after the events that came before it", async () => {
    const server = await serve();
    const stream = await open(server);
    server.append();
    server.live({ data: { type: "text", text: "a" } });
    server.append();
    server.live({ data: { type: "text", text: "b" } });
    const blocks = [await stream.block(), await stream.block(), await stream.block(), await stream.block()];
    expect(
      blocks.map((one) => /^id: (\d+)/.exec(one ?? "")?.[1] ?? /"text":"(.)"/.exec(one ?? "")?.[1]),
    ).toEqual(["1", "a", "2", "b"]);
    expect(blocks[1]).toMatch(/^event: llm\.delta\ndata: \{/);
  });

  test("filters what happens now by session, agent, kind and trace", async () => {
    const server = await serve();
    const matching = "?session=s1&agent=notes&kind=llm.*&trace=t1";
    const stream = await open(server, matching);
    const right = { session: "s1", agent: "notes", trace: "t1", kind: "llm.delta" };
    for (const wrong of [{ session: "s2" }, { agent: "x" }, { trace: "t2" }, { kind: "tool.progress" }])
      server.live({ ...right, ...wrong });
    server.live({ ...right, data: { n: 1 } });
    expect(await stream.block()).toContain('"n":1');
  });

  test("finds the events of a session and an agent that name them as subject or in their data", async () => {
    const server = await serve();
    const stream = await open(server, "?session=s1&agent=notes");
    server.append({ actor: "session", subject: "s1", data: { agent: "notes" } });
    server.append({ actor: "session", subject: "s2", data: { agent: "notes" } });
    server.append({ actor: "tool", subject: "calc", data: { agent: "notes", session: "s1" } });
    expect(seqs(await stream.next(2))).toEqual([1, 3]);
  });

  test("shows by heartbeats that it lives", async () => {
    const stream = await open(await serve(undefined, { limits: patient }));
    expect(await stream.block()).toBe(": heartbeat");
    expect(await stream.block()).toBe(": heartbeat");
  });

  test.each(["?after=-1", "?after=x", "?nonsense=1"])("refuses %s", async (query) => {
    const { ask } = await serve();
    expect((await ask(`/api/events${query}`)).status).toBe(400);
  });

  test("opens no stream for a HEAD request", async () => {
    const { ask, listeners } = await serve();
    expect((await ask("/api/events", { method: "HEAD" })).status).toBe(200);
    expect(listeners.size).toBe(0);
  });

  test("refuses a Last-Event-ID that is none", async () => {
    const { ask } = await serve();
    expect((await ask("/api/events", { headers: { "last-event-id": "1; drop" } })).status).toBe(400);
  });

  test("has a maximum of clients, and room again when one leaves; nothing stays subscribed", async () => {
    const server = await serve(undefined, { limits: { event_clients: 2 } });
    const first = await open(server);
    await open(server);
    const third = await server.ask("/api/events");
    expect(third.status).toBe(429);
    expect(third.headers.get("retry-after")).toBe("5");
    expect(server.listeners.size).toBe(2);
    first.leave();
    await expect.poll(() => server.listeners.size).toBe(1);
    await open(server);
  });

  test("ends with a word when the server closes", async () => {
    const server = await serve();
    const stream = await open(server);
    const closing = server.server.close();
    expect(await stream.block()).toBe(": the server stops");
    expect(await stream.block()).toBeUndefined();
    await closing;
    expect(server.listeners.size).toBe(0);
    expect(server.liveListeners.size).toBe(0);
  });
});

describe("a client that does not read", () => {
  async function stuck(limits: Partial<Limits>) {
    const server = await serve(undefined, { limits });
    const socket = connect(server.server.port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write(
      `GET /api/events?after=0 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`,
    );
    socket.pause();
    await expect.poll(() => server.listeners.size).toBe(1);
    return { server, socket };
  }

  test("is closed after its time, costs no more than a batch until then, and holds up nobody", async () => {
    const { server, socket } = await stuck({ event_slow_ms: 300 });
    const before = process.memoryUsage.rss();
    const text = "x".repeat(100_000);
    for (let n = 0; n < 300; n++) server.append({ data: { text } });
    const healthy = await open(server, "?after=0");
    expect((await healthy.next(300)).length).toBe(300);
    await expect.poll(() => server.listeners.size).toBe(1);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024);
    let received = "";
    const ended = new Promise((resolve) => socket.once("close", resolve));
    socket.on("data", (chunk: Buffer) => {
      received += chunk.subarray(-200).toString();
    });
    socket.resume();
    await ended;
    expect(received.length).toBeGreaterThan(0);
  });

  test("loses what happens now beyond its room, is told so, and still gets the journal whole", async () => {
    const { server, socket } = await stuck({ event_slow_ms: 5000, event_live_chars: 2000 });
    const text = "x".repeat(100_000);
    for (let n = 0; n < 100; n++) server.append({ data: { text } });
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (let n = 0; n < 1000; n++) server.live({ data: { type: "text", text: `piece ${n}` } });
    let received = "";
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1").replace(/x+/g, "x");
    });
    socket.resume();
    await expect.poll(() => /event: live\.lost\ndata: .*"lost":(\d+)/.exec(received)?.[1]).toBeDefined();
    const lost = Number(/"lost":(\d+)/.exec(received)?.[1]);
    const came = [...received.matchAll(/"text":"piece \d+"/g)].length;
    expect(lost + came).toBe(1000);
    expect([...received.matchAll(/^id: (\d+)$/gm)].length).toBe(100);
  });

  test("but slowly reads on gets everything, as the journal keeps it", async () => {
    const { server, socket } = await stuck({ event_slow_ms: 2000 });
    const text = "x".repeat(100_000);
    for (let n = 0; n < 200; n++) server.append({ data: { text } });
    let received = "";
    const all = Promise.withResolvers<void>();
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1").replace(/x+/g, "x");
      if (received.includes('"seq":200')) all.resolve();
      socket.pause();
      setTimeout(() => socket.resume(), 2);
    });
    socket.resume();
    await all.promise;
    const ids = [...received.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
  });
});
