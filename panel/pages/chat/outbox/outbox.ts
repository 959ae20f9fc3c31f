import type { Attachment } from "#contract";
import type { Problem } from "../../../client/index.ts";

/** A message on its way. With the same `key` it is accepted once, however often it is sent. */
export interface Outgoing {
  readonly key: string;
  readonly agent: string;
  readonly session: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** ISO */
  readonly at: string;
  /** Said while a turn runs, for that turn. */
  readonly adds: boolean;
  /** The conversation begins with it. */
  readonly begins: boolean;
  readonly state: "sending" | "accepted" | "failed";
  /** The trace of its turn, once it was accepted as a message of its own. */
  readonly trace?: string;
  readonly problem?: Problem;
}

/** What the outbox stands on: the server, the browser's store, the way to know that the server is back. */
export interface OutboxWorld {
  /** @throws with `offline` where it is not known whether it arrived */
  send(one: Outgoing): Promise<{ readonly trace?: string }>;
  problemOf(thrown: unknown): Problem;
  /** All that is kept, each as it was saved. */
  load(): readonly string[];
  /** Keeps one, or forgets it. May fail where the store is full. */
  save(key: string, text: string | undefined): void;
  after(ms: number, then: () => void): void;
}

export interface Outbox {
  list(): readonly Outgoing[];
  subscribe(listener: () => void): () => void;
  add(one: Omit<Outgoing, "state">): void;
  /** Tries again what failed, and at once what waits. */
  retry(key?: string): void;
  /** It is seen in the conversation, or nobody wants it any more. */
  drop(keys: readonly string[]): void;
  fail(key: string, problem: Problem): void;
  /** Another tab has changed what is kept. */
  reload(): void;
}

const PAUSE_MS = { first: 500, most: 8000 };
const ITEMS_MAX = 200;

export function createOutbox(world: OutboxWorld): Outbox {
  let items: readonly Outgoing[] = parse(world.load());
  const listeners = new Set<() => void>();
  const sending = new Set<string>();
  let pause = PAUSE_MS.first;
  let planned = false;

  const kept = new Set(items.map(({ key }) => key));
  const keep = (key: string, text: string | undefined) => {
    try {
      world.save(key, text);
      if (text === undefined) kept.delete(key);
      else kept.add(key);
    } catch {
      // It is kept in memory all the same.
    }
  };
  const set = (next: readonly Outgoing[]) => {
    for (const one of items) if (!next.some(({ key }) => key === one.key)) keep(one.key, undefined);
    for (const one of next) if (!items.includes(one)) keep(one.key, JSON.stringify(one));
    items = next;
    for (const listener of listeners) listener();
  };
  const change = (key: string, part: Partial<Outgoing>) =>
    set(items.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const placeOf = ({ agent, session }: Outgoing) => `${agent} ${session}`;

  /** Of one conversation one after the other, so that the order stays. */
  const work = () => {
    const first = new Map<string, Outgoing>();
    for (const one of items)
      if (one.state === "sending" && !first.has(placeOf(one))) first.set(placeOf(one), one);
    for (const one of first.values()) if (!sending.has(placeOf(one))) void send(one);
  };
  const send = async (one: Outgoing) => {
    const place = placeOf(one);
    sending.add(place);
    let away = false;
    try {
      const { trace } = await world.send(one);
      pause = PAUSE_MS.first;
      change(one.key, { state: "accepted", ...(trace === undefined ? {} : { trace }) });
    } catch (thrown) {
      const problem = world.problemOf(thrown);
      away = problem.code === "offline" || problem.code === "unauthenticated";
      if (!away) change(one.key, { state: "failed", problem });
    } finally {
      sending.delete(place);
    }
    if (!away) return work();
    if (planned) return;
    planned = true;
    world.after(pause, () => {
      planned = false;
      work();
    });
    pause = Math.min(pause * 2, PAUSE_MS.most);
  };

  work();
  return {
    list: () => items,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(one) {
      set([...items, { ...one, state: "sending" as const }].slice(-ITEMS_MAX));
      work();
    },
    retry(key) {
      pause = PAUSE_MS.first;
      if (key !== undefined)
        set(
          items.map((one) => {
            if (one.key !== key) return one;
            const { problem: _, trace: __, ...rest } = one;
            return { ...rest, state: "sending" };
          }),
        );
      work();
    },
    drop(keys) {
      if (items.some(({ key }) => keys.includes(key))) set(items.filter(({ key }) => !keys.includes(key)));
    },
    fail: (key, problem) => change(key, { state: "failed", problem }),
    reload() {
      const stored = parse(world.load());
      const ours = items.filter(
        ({ key, state }) =>
          !kept.has(key) ||
          (state === "accepted" && stored.some((one) => one.key === key && one.state === "sending")),
      );
      const theirs = stored.filter(({ key }) => !ours.some((one) => one.key === key));
      for (const { key } of theirs) kept.add(key);
      items = [...theirs, ...ours].sort((a, b) => (a.at < b.at ? -1 : 1));
      for (const listener of listeners) listener();
      work();
    },
  };
}

function parse(texts: readonly string[]): readonly Outgoing[] {
  return texts
    .flatMap((text) => {
      try {
        const one = JSON.parse(text) as Outgoing;
        return typeof one.key === "string" && typeof one.text === "string" ? [one] : [];
      } catch {
        return [];
      }
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .slice(-ITEMS_MAX);
}
