import { type Database, FieldworkError, type LlmUsage } from "#contract";

const KEEP_DAYS = 400;
const DAY_MS = 86_400_000;
/** Less than this is no answer. */
const LEAST_OUTPUT = 256;

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
/** What a call may use at most. */
export interface Asked {
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Less output than asked for will do, where the budget leaves no more. */
  readonly flexible: boolean;
  /** In US dollars; 0 where the price is not known. */
  readonly input_usd: number;
  readonly usd_per_output_token: number;
}
export interface Reservation {
  /** The output that was reserved; at most what was asked for. */
  readonly output_tokens: number;
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
  reserve(agent: string, model: string, asked: Asked, limits: Limits): Reservation;
  usage(days: number): UsageRow[];
  /** The same summed up, a row for each of the days, oldest first. */
  days(days: number): (Amount & { readonly day: string; readonly calls: number })[];
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
  /** The output that the limits leave room for. */
  const outputWithin = (day: string, agent: string, asked: Asked, limits: Limits): number => {
    const { input_tokens, input_usd, usd_per_output_token: unit, output_tokens: most } = asked;
    if (limits.day_usd === null && limits.day_tokens === null) return most;
    const used = sums("usage", day, agent);
    const held = sums("reservations", day, agent);
    const usdLeft = (limits.day_usd ?? Number.POSITIVE_INFINITY) - used.usd - held.usd - input_usd;
    const tokensLeft =
      (limits.day_tokens ?? Number.POSITIVE_INFINITY) - used.tokens - held.tokens - input_tokens;
    const affordable = unit > 0 ? Math.floor(usdLeft / unit) : usdLeft >= 0 ? most : -1;
    const output = Math.min(most, affordable, tokensLeft);
    if (output >= (asked.flexible ? Math.min(most, LEAST_OUTPUT) : most)) return output;
    const limit = affordable <= tokensLeft ? `${limits.day_usd} US dollars` : `${limits.day_tokens} tokens`;
    throw new FieldworkError(
      "budget_exhausted",
      `The budget of ${agent} for ${day} is ${limit}; ${used.usd.toFixed(4)} US dollars and ${used.tokens} tokens are used, and what is left is too little for this call.`,
      {
        remedy:
          "Raise budget.day_usd or budget.day_tokens, give the agent its own in budget.agents, or wait for tomorrow (UTC).",
        details: { agent, day, spent_usd: used.usd, spent_tokens: used.tokens, reserved_usd: held.usd },
      },
    );
  };

  return {
    reserve(agent, model, asked, limits) {
      const day = today();
      const { id, output_tokens } = db.transaction(() => {
        const output = outputWithin(day, agent, asked, limits);
        const usd = asked.input_usd + output * asked.usd_per_output_token;
        const row = db
          .sql(
            "INSERT INTO reservations (day, agent, model, input_tokens, output_tokens, cost_usd) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
          )
          .get(day, agent, model, asked.input_tokens, output, usd);
        return { id: Number(row?.id), output_tokens: output };
      });
      return {
        output_tokens,
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
        .all(dayOf(now() - days * DAY_MS)) as unknown as UsageRow[],
    days(count) {
      const rows = db
        .sql(
          "SELECT day, sum(calls) AS calls, sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens, sum(cost_usd) AS cost_usd FROM usage WHERE day > ? GROUP BY day",
        )
        .all(dayOf(now() - count * DAY_MS));
      const byDay = new Map(rows.map((row) => [String(row.day), row]));
      return Array.from({ length: count }, (_, n) => {
        const day = dayOf(now() - (count - 1 - n) * DAY_MS);
        const { calls = 0, input_tokens = 0, output_tokens = 0, cost_usd = 0 } = byDay.get(day) ?? {};
        return {
          day,
          calls: Number(calls),
          input_tokens: Number(input_tokens),
          output_tokens: Number(output_tokens),
          cost_usd: Number(cost_usd),
        };
      });
    },
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
        db.sql("DELETE FROM usage WHERE day < ?").run(dayOf(now() - KEEP_DAYS * DAY_MS));
        return left.length;
      }),
  };
}
