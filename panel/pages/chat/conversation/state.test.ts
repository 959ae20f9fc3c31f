import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SessionEntry, SessionLive, SessionTurn } from "#contract";
import { type Conversation, type Delta, EMPTY, heard, readFrom, type Shown, type Word } from "./state.ts";

const at = (n: number) => new Date(1_750_000_000_000 + n * 1000).toISOString();
const entry = (n: number, role: "user" | "assistant", content: string, turn = "t1"): SessionEntry => ({
  n,
  at: at(n),
  kind: "message",
  message: { role, content },
  turn,
  tainted: false,
  tokens: 1,
});
const turn = (name: string, state: SessionTurn["state"], n = 0): SessionTurn => ({
  turn: name,
  message: `m-${name}`,
  state,
  at: at(n),
  finished_at: null,
});
const shown = (entries: SessionEntry[], more: Partial<Shown> = {}): Shown => ({
  info: {
    session: "s",
    agent: "field",
    title: "",
    entries: entries.length,
    superseded: 0,
    created_at: at(0),
    last_at: at(0),
    pinned: false,
    archived: false,
    turn: "idle",
    waits_for: null,
  },
  entries,
  more: false,
  turns: [],
  live: null,
  spoken: 0,
  ...more,
});
const delta = (completion: number, offset: number, text: string): Word => ({
  type: "delta",
  turn: "t1",
  delta: { type: "text", text, completion, offset },
});
const know = (words: readonly Word[], from: Conversation = EMPTY) => words.reduce(heard, from);
const live = (completion: number, text: string): SessionLive => ({
  turn: "t1",
  completion,
  text,
  thinking: "",
  tools: [],
});

const ANSWER = "The mill bridge stands at 2.05 m and rises. 🌊 More tomorrow.";
/** An answer as it comes: pieces of any size, each with its place. */
const pieces = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }).map((sizes) => {
  const all: Delta[] = [];
  let offset = 0;
  for (const size of [...sizes, ANSWER.length]) {
    const text = ANSWER.slice(offset, offset + size);
    if (text !== "") all.push({ type: "text", text, completion: 5, offset });
    offset += text.length;
  }
  return all;
});
const word = (one: Delta): Word => ({ type: "delta", turn: "t1", delta: one });

describe("an answer that is being written", () => {
  test("is whole, whenever the page was loaded in the middle of it, and however far the events were ahead or behind", () => {
    fc.assert(
      fc.property(pieces, fc.nat(), fc.nat(), (deltas, some, other) => {
        // The server had said so much when it was asked; the events heard begin somewhere before that.
        const snapshot = some % (deltas.length + 1);
        const from = other % (snapshot + 1);
        const said = deltas.slice(0, snapshot).map((one) => ("text" in one ? one.text : ""));
        const show: Word = { type: "newest", shown: shown([], { live: live(5, said.join("")) }) };
        for (const words of [
          [show, ...deltas.slice(from).map(word)],
          [...deltas.slice(0, snapshot).map(word), show, ...deltas.slice(snapshot).map(word)],
          [...deltas.map(word), show],
        ]) {
          const state = know(words);
          expect(state.live?.text).toBe(ANSWER);
          expect(state.behind).toBe(false);
        }
      }),
    );
  });

  test("with a piece missing is read anew, and never shown with a hole", () => {
    const state = know([delta(5, 0, "The "), delta(5, 9, "bridge")]);
    expect(state).toMatchObject({ behind: true, live: { text: "The " } });
    const mended = know(
      [{ type: "after", after: 0, shown: shown([], { live: live(5, "The mill bridge") }) }],
      state,
    );
    expect(mended).toMatchObject({ behind: false, live: { text: "The mill bridge" } });
  });

  test("heard twice is said once", () => {
    expect(know([delta(5, 0, "One"), delta(5, 0, "One"), delta(5, 2, "e two")]).live?.text).toBe("One two");
  });

  test("is gone in the moment it stands in the log, and late pieces of it do not come back", () => {
    const logged: Word = {
      type: "after",
      after: 0,
      shown: shown([entry(1, "assistant", "One")], { spoken: 5 }),
    };
    expect(know([delta(5, 0, "One"), logged]).live).toBeNull();
    expect(know([delta(5, 0, "One"), logged, delta(5, 3, " more")]).live).toBeNull();
  });

  test("is not lost where the log was read before the next answer began", () => {
    const logged: Word = {
      type: "after",
      after: 0,
      shown: shown([entry(1, "assistant", "One")], { spoken: 5 }),
    };
    expect(know([delta(5, 0, "One"), delta(6, 0, "Two"), logged]).live?.text).toBe("Two");
  });

  test("may be the one of a server that began anew: what was heard before the gap is forgotten", () => {
    const state = know([delta(5, 0, "Half of"), { type: "gap" }, { type: "newest", shown: shown([]) }]);
    expect(state.live).toBeNull();
    expect(know([delta(9, 0, "Again")], state).live?.text).toBe("Again");
  });

  test("has its calls of tools, with arguments in pieces", () => {
    const piece = (offset: number, args: string, more = {}): Word => ({
      type: "delta",
      turn: "t1",
      delta: { type: "tool_call", index: 0, args, completion: 5, offset, ...more },
    });
    const state = know([
      piece(0, '{"pa', { id: "c1", name: "fs_read" }),
      piece(4, 'th":1}'),
      piece(4, 'th":1}'),
    ]);
    expect(state.live?.tools).toEqual([{ id: "c1", name: "fs_read", args: '{"path":1}' }]);
    const told = know(
      [
        { type: "called", call: "c1", tool: "fs.read" },
        { type: "progress", turn: "t1", data: { tool: "fs.read", call: "c1", text: "half" } },
        { type: "replied", call: "c1", tool: "fs.read", seq: 9, ok: true, ms: 2 },
      ],
      state,
    );
    expect(told.live?.tools[0]?.progress).toBe("half");
    expect(told.calls.c1).toMatchObject({ ok: true, seq: 9 });
    expect(know([delta(6, 0, "Next")], told).calls).toEqual({});
  });
});

describe("the log", () => {
  const first = know([
    { type: "newest", shown: shown([entry(3, "user", "Hi"), entry(4, "assistant", "Yes")], { more: true }) },
  ]);

  test("grows backwards without doubles", () => {
    const older = shown([entry(1, "user", "A"), entry(2, "assistant", "B"), entry(3, "user", "Hi")]);
    const state = know([{ type: "older", shown: older }], first);
    expect(state.entries.map(({ n }) => n)).toEqual([1, 2, 3, 4]);
    expect(state.more).toBe(false);
  });

  test("is read anew from the turn that has not ended, so that its end is known", () => {
    const state = know(
      [
        {
          type: "after",
          after: 4,
          shown: shown([entry(5, "user", "More", "t2"), entry(6, "assistant", "Well", "t2")], {
            turns: [turn("t2", "running", 5)],
          }),
        },
      ],
      first,
    );
    expect(readFrom(state)).toBe(4);
    const ended = know(
      [
        {
          type: "after",
          after: 4,
          shown: shown(
            [
              entry(5, "user", "More", "t2"),
              entry(6, "assistant", "Well", "t2"),
              entry(7, "assistant", "End", "t2"),
            ],
            { turns: [turn("t2", "done", 5)] },
          ),
        },
      ],
      state,
    );
    expect(ended.entries.map(({ n }) => n)).toEqual([3, 4, 5, 6, 7]);
    expect(ended.turns).toMatchObject([{ turn: "t2", state: "done" }]);
    expect(readFrom(ended)).toBe(7);
  });

  test("forgets a turn that waited, left nothing and is not there any more", () => {
    const waiting = know(
      [{ type: "after", after: 4, shown: shown([], { turns: [turn("t9", "waiting")] }) }],
      first,
    );
    expect(waiting.turns).toHaveLength(1);
    expect(know([{ type: "after", after: 4, shown: shown([]) }], waiting).turns).toEqual([]);
  });

  test("that is gone is nothing any more", () => {
    expect(know([{ type: "missing" }], first)).toMatchObject({ state: "missing", entries: [] });
  });
});
