import { expect, test } from "vitest";
import type { LlmMessage, SessionEntry, SessionTurn } from "#contract";
import type { Outgoing } from "../outbox/index.ts";
import type { Item, ReplyItem } from "./items.ts";
import { logged } from "./logged.ts";
import { EMPTY } from "./state.ts";
import { withLive } from "./with_live.ts";

const at = "2026-06-01T10:00:00.000Z";
const entry = (n: number, message: LlmMessage, more: Partial<SessionEntry> = {}): SessionEntry => ({
  n,
  at,
  kind: "message",
  message,
  turn: "t1",
  tainted: false,
  tokens: 1,
  ...more,
});
const turn = (name: string, state: SessionTurn["state"], more: Partial<SessionTurn> = {}): SessionTurn => ({
  turn: name,
  message: name,
  state,
  at,
  finished_at: null,
  ...more,
});
const user = (n: number, content: string, more: Partial<SessionEntry> = {}) =>
  entry(n, { role: "user", content }, { source: { kind: "owner", id: "owner" }, ...more });
const calls = (n: number, id: string, name: string) =>
  entry(n, { role: "assistant", content: [{ type: "tool_call", id, name, args: "{}" }] });
const result = (n: number, id: string, text: string, seq: number) =>
  entry(
    n,
    { role: "tool", content: [{ type: "tool_result", id, content: [{ type: "text", text }] }] },
    {
      receipts: [{ seq, hash: "", args_hash: "", result_hash: "", tool: "x", ok: true, call: id, ms: seq }],
    },
  );
const replies = (items: readonly Item[]) => items.filter((one): one is ReplyItem => one.kind === "reply");
const outgoing = (more: Partial<Outgoing>): Outgoing => ({
  key: "k",
  agent: "field",
  session: "s",
  text: "Hello",
  attachments: [],
  at,
  adds: false,
  begins: false,
  state: "sending",
  ...more,
});

test("a turn is one answer, with its calls, their results and receipts, though a model names them alike", () => {
  const items = logged({
    entries: [
      user(1, "Go"),
      calls(2, "call_0", "fs_list"),
      result(3, "call_0", "one", 11),
      calls(4, "call_0", "todo_list__all"),
      result(5, "call_0", "two", 12),
      entry(6, { role: "assistant", content: "Done." }),
    ],
    turns: [turn("t1", "done")],
  });
  expect(items.map(({ kind }) => kind)).toEqual(["day", "user", "reply"]);
  expect(replies(items)[0]).toMatchObject({
    n: 6,
    ends: true,
    parts: [
      { kind: "tool", call: { tool: "fs.list", result: "one", seq: 11, state: "done" } },
      { kind: "tool", call: { tool: "todo.list_all", result: "two", seq: 12 } },
      { kind: "text", text: "Done." },
    ],
  });
});

test("what is said in the middle of a turn parts its answer; only the last part ends it", () => {
  const items = logged({
    entries: [
      user(1, "Go"),
      entry(2, { role: "assistant", content: "One." }),
      user(3, "And this"),
      entry(4, { role: "assistant", content: "Two." }),
    ],
    turns: [turn("t1", "done")],
  });
  expect(replies(items).map(({ key, ends }) => [key, ends])).toEqual([
    ["reply-t1-1", false],
    ["reply-t1-2", true],
  ]);
});

test("a turn that failed without a word is shown where its answer would be", () => {
  const error = { code: "module_crashed", message: "It broke." };
  const items = logged({ entries: [user(1, "Go")], turns: [turn("t1", "failed", { error })] });
  expect(replies(items)).toMatchObject([{ parts: [], ends: true, turn: { error } }]);
});

test("what is being said goes on in the answer of its turn, under the name that it keeps", () => {
  const entries = [user(1, "Go"), calls(2, "c", "fs_list"), result(3, "c", "one", 11)];
  const conversation = {
    ...EMPTY,
    entries,
    turns: [turn("t1", "running")],
    live: { turn: "t1", completion: 2, text: "Wri", thinking: "", tools: [] },
  };
  const before = logged(conversation);
  const items = withLive(before, conversation, []);
  expect(replies(items)).toMatchObject([
    {
      key: "reply-t1-1",
      working: true,
      parts: [{ kind: "tool" }, { kind: "text", text: "Wri", growing: true }],
    },
  ]);
  expect(replies(before)[0]?.key).toBe("reply-t1-1");
});

test("a message is seen once: on its way, accepted, waiting, in the log", () => {
  const users = (items: readonly Item[]) => items.filter(({ kind }) => kind === "user").length;
  const accepted = outgoing({ state: "accepted", trace: "t1" });
  expect(users(withLive([], EMPTY, [outgoing({})]))).toBe(1);
  expect(users(withLive([], EMPTY, [accepted]))).toBe(1);
  const waiting = { ...EMPTY, turns: [turn("t1", "waiting", { text: "Hello" })] };
  expect(users(withLive([], waiting, [accepted]))).toBe(1);
  const inLog = { ...EMPTY, entries: [user(1, "Hello")], turns: [turn("t1", "running")] };
  expect(users(withLive(logged(inLog), inLog, [accepted]))).toBe(1);
});

test("an answer is awaited as soon as its message is accepted", () => {
  const items = withLive([], EMPTY, [outgoing({ state: "accepted", trace: "t1" })]);
  expect(replies(items)).toMatchObject([{ key: "reply-t1-1", working: true }]);
  expect(replies(withLive([], EMPTY, [outgoing({})]))).toEqual([]);
});

test("images come from this server or from the message itself, never from another host", () => {
  const image = (part: object) =>
    replies(
      logged({
        entries: [entry(1, { role: "assistant", content: [{ type: "image", ...part }] } as LlmMessage)],
        turns: [],
      }),
    )[0]?.parts;
  const hash = "a".repeat(64);
  expect(image({ url: `blob:${hash}` })).toEqual([{ kind: "image", source: `/api/blobs/${hash}` }]);
  expect(image({ media_type: "image/png", data: "AAAA" })).toMatchObject([
    { source: "data:image/png;base64,AAAA" },
  ]);
  expect(image({ url: "https://example.org/pixel.png" })).toEqual([]);
  expect(image({ media_type: "image/svg+xml", data: "AAAA" })).toEqual([]);
});
