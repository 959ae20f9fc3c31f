import { randomUUID } from "node:crypto";
import type { Database, JsonValue } from "#contract";
import type { Letter } from "./inbox.ts";
import type { MailLog } from "./mail-log.ts";
import type { OpenMail } from "./open-mail.ts";

/** A message put into its inbox, once by its id. */
export interface Arrived {
  /** Resolves when it survives the loss of power. */
  readonly durable: Promise<unknown>;
  /** To be handled in its turn, unless it was already. */
  enqueue(): void;
}

/** What modules write to each other: kept with the sender, in one transaction with what it does, until it has arrived. */
export interface Outbox {
  post(sender: string, letter: Omit<Letter, "source" | "session">): Promise<string>;
  /** Sends what was kept and not yet sent. */
  forwardAll(sender: string): Promise<void>;
  close(): void;
}

export interface OutboxOptions {
  readonly log: MailLog;
  readonly now: () => number;
  readonly openMail: OpenMail;
  readonly stopped: AbortSignal;
  state(module: string): Database;
  /** @throws where the module cannot take mail at all */
  requireModule(module: string): Promise<void>;
  arrive(letter: Letter & { readonly id: string }): Arrived;
}

const FORWARD_AGAIN_MS = 5000;

export function createOutbox(options: OutboxOptions): Outbox {
  const { log, now, openMail, stopped, state, arrive } = options;
  const retries = new Map<string, NodeJS.Timeout>();

  /** Carries one message from an outbox into its inbox: known by its id, it arrives once however often this is done. */
  const forward = async (sender: string, id: string): Promise<void> => {
    const row = state(sender).sql("SELECT * FROM outbox WHERE id = ?").get(id);
    if (!row) return openMail.end(sender, id);
    const to = String(row.target);
    const trace = String(row.trace);
    const drop = () => {
      state(sender).sql("DELETE FROM outbox WHERE id = ?").run(id);
      openMail.end(sender, id);
    };
    try {
      await options.requireModule(to);
    } catch (error) {
      log.tryWrite("message.undeliverable", sender, to, trace, { id, message: (error as Error).message });
      return drop();
    }
    const arrived = arrive({
      id,
      to,
      function: String(row.function),
      session: `module:${sender}`,
      source: { kind: "module", id: sender },
      trace,
      payload: JSON.parse(String(row.payload)) as JsonValue,
      tainted: row.tainted === 1,
    });
    await arrived.durable;
    drop();
    arrived.enqueue();
  };

  const forwardAll = async (sender: string): Promise<void> => {
    clearTimeout(retries.get(sender));
    retries.delete(sender);
    try {
      for (const { id } of state(sender).sql("SELECT id FROM outbox ORDER BY rowid").all()) {
        openMail.begin(sender, String(id));
        await forward(sender, String(id));
      }
    } catch (error) {
      if (stopped.aborted) return;
      log.tryWrite("message.delayed", sender, sender, "", { message: (error as Error).message });
      forwardLater(sender);
    }
  };
  const forwardLater = (sender: string): void => {
    if (stopped.aborted || retries.has(sender)) return;
    retries.set(sender, setTimeout(() => void forwardAll(sender), FORWARD_AGAIN_MS).unref());
  };

  return {
    async post(sender, letter) {
      const { to, trace } = letter;
      openMail.refuseWhenFull(to);
      openMail.refuseWhenFull(sender);
      const id = randomUUID();
      const durable = openMail.mark(sender);
      const at = new Date(now()).toISOString();
      state(sender)
        .sql("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?)")
        .run(id, to, letter.function, JSON.stringify(letter.payload), trace, at, letter.tainted ? 1 : 0);
      openMail.begin(sender, id);
      await Promise.all([durable, state(sender).durable()]);
      await forward(sender, id).catch((error: unknown) => {
        log.tryWrite("message.delayed", sender, to, trace, { id, message: (error as Error).message });
        forwardLater(sender);
      });
      return id;
    },
    forwardAll,
    close() {
      for (const timer of retries.values()) clearTimeout(timer);
    },
  };
}
