import { type Database, FieldworkError, type LlmUsage } from "#contract";

const KEEP_DAYS = 400;

/** Limits of an agent for a day; `null`: none. */
export interface Limits {
  readonly day_usd: number | null;
  readonly day_tokens: number | null;
}
export interface Amount {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_usd: number;
}
export interface Reservation {
  /** Puts what was really used in the place of what was reserved. @param calls 0 where no answer came */
  settle(usage: LlmUsage, cost_usd: number, calls: number): void;
}
export interface UsageRow extends Amount {
  readonly day: string;
  readonly agent: string;
  readonly model: string;
  readonly calls: number;
}

/** What agents used a day, and what is held back for calls under way. */
export interface Ledger {
  /** @throws FieldworkError `budget_exhausted` when used, reserved and this together pass a limit. */
  reserve(agent: string, model: string, amount: Amount, limits: Limits): Reservation;
  usage(days: number): UsageRow[];
  /** Of today. */
  spent(agent: string): { readonly usd: number; readonly tokens: number; readonly reserved_usd: number };
  /** Agents that used anything today. */
  agents(): string[];
  /** Counts reservations that a death of the process left behind as used: what they paid for may have happened. */
  recover(): number;
}

const ADD =
  "INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day, agent, model) DO UPDATE SET calls = calls + excluded.calls, input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens, cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens, cache_write_tokens = cache_write_tokens + excluded.cache_write_tokens, thinking_tokens = thinking_tokens + excluded.thinking_tokens, cost_usd = cost_usd + excluded.cost_usd";

export function createLedger(db: Database, now: () => number): Ledger {
  const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const today = (): string => dayOf(now());
  const sums = (table: "usage" | "reservations", day: string, agent: string) => {
    const row = db
      .sql(
        `SELECT coalesce(sum(cost_usd), 0) AS usd, coalesce(sum(input_tokens + output_tokens), 0) AS tokens FROM ${table} WHERE day = ? AND agent = ?`,
      )
      .get(day, agent);
    return { usd: Number(row?.usd), tokens: Number(row?.tokens) };
  };
  const check = (day: string, agent: string, amount: Amount, limits: Limits): void => {
    if (limits.day_usd === null && limits.day_tokens === null) return;
    const used = sums("usage", day, agent);
    const held = sums("reservations", day, agent);
    const usd = used.usd + held.usd + amount.cost_usd;
    const tokens = used.tokens + held.tokens + amount.input_tokens + amount.output_tokens;
    const over =
      limits.day_usd !== null && usd > limits.day_usd
        ? `${limits.day_usd} US dollars (${used.usd.toFixed(4)} used, ${(usd - used.usd).toFixed(4)} would be needed at most)`
        : limits.day_tokens !== null && tokens > limits.day_tokens
          ? `${limits.day_tokens} tokens (${used.tokens} used, ${tokens - used.tokens} would be needed at most)`
          : undefined;
    if (over === undefined) return;
    throw new FieldworkError("budget_exhausted", `The budget of ${agent} for ${day} is ${over}.`, {
      remedy: "Raise budget.day_usd or budget.day_tokens, give the agent its own in budget.agents, or wait for tomorrow (UTC).",
      details: { agent, day, spent_usd: used.usd, spent_tokens: used.tokens, reserved_usd: held.usd },
    });
  };

  return {
    reserve(agent, model, amount, limits) {
      const day = today();
      const { input_tokens, output_tokens, cost_usd } = amount;
      const id = db.transaction(() => {
        check(day, agent, amount, limits);
        return db
          .sql(
            "INSERT INTO reservations (day, agent, model, input_tokens, output_tokens, cost_usd) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
          )
          .get(day, agent, model, input_tokens, output_tokens, cost_usd)?.id as number;
      });
      return {
        settle(usage, cost, calls) {
          db.transaction(() => {
            if (db.sql("DELETE FROM reservations WHERE id = ?").run(id).changes === 0) return;
            if (calls === 0 && usage.input_tokens + usage.output_tokens === 0) return;
            db.sql(ADD).run(
              day,
              agent,
              model,
              calls,
              usage.input_tokens,
              usage.output_tokens,
              usage.cache_read_tokens,
              usage.cache_write_tokens,
              usage.thinking_tokens,
              cost,
            );
          });
        },
      };
    },
    usage: (days) =>
      db
        .sql(
          "SELECT day, agent, model, calls, input_tokens, output_tokens, cost_usd FROM usage WHERE day > ? ORDER BY day DESC, agent, model",
        )
        .all(dayOf(now() - days * 86_400_000)) as unknown as UsageRow[],
    spent(agent) {
      const day = today();
      return { ...sums("usage", day, agent), reserved_usd: sums("reservations", day, agent).usd };
    },
    agents: () =>
      db
        .sql("SELECT DISTINCT agent FROM usage WHERE day = ? ORDER BY agent")
        .all(today())
        .map(({ agent }) => String(agent)),
    recover: () =>
      db.transaction(() => {
        const left = db.sql("SELECT * FROM reservations").all();
        for (const { day, agent, model, input_tokens, output_tokens, cost_usd } of left)
          db.sql(ADD).run(
            day as string,
            agent as string,
            model as string,
            1,
            input_tokens as number,
            output_tokens as number,
            0,
            0,
            0,
            cost_usd as number,
          );
        db.sql("DELETE FROM reservations").run();
        db.sql("DELETE FROM usage WHERE day < ?").run(dayOf(now() - KEEP_DAYS * 86_400_000));
        return left.length;
      }),
  };
}
