import { expect, test } from "vitest";
import { createOutbox, type OutboxWorld, type Outgoing } from "./outbox.ts";

const message = (key: string, more: Partial<Outgoing> = {}): Omit<Outgoing, "state"> => ({
  key,
  agent: "field",
  session: "s",
  text: key,
  attachments: [],
  at: `2026-06-01T10:00:0${key.length}.000Z`,
  adds: false,
  begins: false,
  ...more,
});

/** A server that can be away, and accepts a key once; a browser's store that outlives the page. */
function world() {
  const store = new Map<string, string>();
  const accepted = new Map<string, string>();
  const order: string[] = [];
  const waiting: (() => void)[] = [];
  const server = { away: false, loses: false, refuses: "" };
  const one: OutboxWorld = {
    async send({ key, text }) {
      await Promise.resolve();
      if (server.away) throw new Error("offline");
      if (server.refuses === key) throw new Error("invalid_input");
      if (!accepted.has(key)) order.push(text);
      const trace = accepted.get(key) ?? `t${accepted.size}`;
      accepted.set(key, trace);
      if (server.loses) throw new Error("offline");
      return { trace };
    },
    problemOf: (thrown) => ({ code: (thrown as Error).message, message: "", remedy: "" }),
    load: () => [...store.values()],
    save: (key, text) => void (text === undefined ? store.delete(key) : store.set(key, text)),
    after: (_, then) => void waiting.push(then),
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  const later = async () => {
    for (const then of waiting.splice(0)) then();
    await settle();
  };
  return { one, server, order, store, settle, later };
}

test("what is said while the server is away is kept, and sent in its order when it is back", async () => {
  const { one, server, order, settle, later } = world();
  server.away = true;
  const outbox = createOutbox(one);
  outbox.add(message("a"));
  outbox.add(message("bb"));
  await settle();
  expect(outbox.list().map(({ state }) => state)).toEqual(["sending", "sending"]);
  server.away = false;
  await later();
  expect(order).toEqual(["a", "bb"]);
  expect(outbox.list()).toMatchObject([
    { state: "accepted", trace: "t0" },
    { state: "accepted", trace: "t1" },
  ]);
});

test("a reply that was lost does not double the message", async () => {
  const { one, server, order, settle, later } = world();
  server.loses = true;
  const outbox = createOutbox(one);
  outbox.add(message("a"));
  await settle();
  server.loses = false;
  await later();
  expect(order).toEqual(["a"]);
  expect(outbox.list()).toMatchObject([{ state: "accepted", trace: "t0" }]);
});

test("a page that is loaded again goes on where the last one was", async () => {
  const { one, server, order, settle } = world();
  server.away = true;
  createOutbox(one).add(message("a"));
  await settle();
  server.away = false;
  const outbox = createOutbox(one);
  await settle();
  expect(order).toEqual(["a"]);
  outbox.drop(["a"]);
  expect(createOutbox(one).list()).toEqual([]);
});

test("what is refused says so, holds up nothing else, and can be sent again", async () => {
  const { one, server, order, settle } = world();
  server.refuses = "a";
  const outbox = createOutbox(one);
  outbox.add(message("a"));
  outbox.add(message("bb"));
  await settle();
  expect(outbox.list()).toMatchObject([
    { state: "failed", problem: { code: "invalid_input" } },
    { state: "accepted" },
  ]);
  server.refuses = "";
  outbox.retry("a");
  await settle();
  expect(order).toEqual(["bb", "a"]);
});

test("another tab's messages are seen here, and what it let go is gone here", async () => {
  const { one, settle } = world();
  const here = createOutbox(one);
  const there = createOutbox(one);
  there.add(message("a"));
  here.reload();
  expect(here.list()).toHaveLength(1);
  await settle();
  there.drop(["a"]);
  here.reload();
  expect(here.list()).toEqual([]);
});

test("a store that is full loses nothing while the page lives", async () => {
  const { one, order, settle } = world();
  const full = createOutbox({
    ...one,
    save() {
      throw new Error("quota");
    },
  });
  full.add(message("a"));
  full.reload();
  await settle();
  expect(order).toEqual(["a"]);
  expect(full.list()).toMatchObject([{ state: "accepted" }]);
});
