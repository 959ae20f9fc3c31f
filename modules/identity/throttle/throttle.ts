import { ACTIONS, type Database, FieldworkError } from "#contract";
import { network } from "./network.ts";

/** One attempt that may be made; it counts as failed until it is said to be otherwise. */
export interface Attempt {
  /** The password was right: what failed before is forgotten. */
  succeeded(): void;
  /** It was not tried at all. */
  undo(): void;
}

/**
 * Attempts at the password, ever slower after failures, apart for each place they come from: a device that signed in before, the
 * network of an address, a session. What fails in one place never slows down another, and no wait is longer than fifteen minutes.
 */
export interface Throttle {
  /** @throws FieldworkError `rate_limited` with `retry_after_ms` */
  attempt(
    from: { readonly device: string } | { readonly address: string } | { readonly login: string },
  ): Attempt;
  forgetAll(): void;
  /** Drops what is long past. */
  sweep(): void;
}

interface Slope {
  /** Failures before the first wait. */
  readonly free: number;
  readonly longest_ms: number;
  /** Without a failure for this long, all is forgotten. */
  readonly forget_ms: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const KNOWN: Slope = { free: 5, longest_ms: MINUTE_MS, forget_ms: DAY_MS };
const UNKNOWN: Slope = { free: 5, longest_ms: 15 * MINUTE_MS, forget_ms: DAY_MS };
/** All unknown networks together but this machine: many addresses guess no faster than this. */
const STRANGERS: Slope = { free: 50, longest_ms: MINUTE_MS / 2, forget_ms: 60 * MINUTE_MS };
const ROWS_MAX = 4096;

interface Bucket {
  readonly name: string;
  readonly slope: Slope;
}

export function createThrottle(db: Database, now: () => number): Throttle {
  const failuresOf = ({ name, slope }: Bucket): { readonly failures: number; readonly last_at: number } => {
    const row = db.sql("SELECT failures, last_at FROM attempts WHERE bucket = ?").get(name);
    if (!row || now() - Number(row.last_at) >= slope.forget_ms) return { failures: 0, last_at: 0 };
    return { failures: Number(row.failures), last_at: Number(row.last_at) };
  };
  const waitOf = (bucket: Bucket): number => {
    const { failures, last_at } = failuresOf(bucket);
    const { free, longest_ms } = bucket.slope;
    if (failures < free) return 0;
    const wait = Math.min(longest_ms, 1000 * 2 ** Math.min(failures - free, 20));
    // A clock that was set back must not make it longer.
    return Math.min(wait, last_at + wait - now());
  };
  const put = (bucket: Bucket, failures: number, last_at: number) => {
    if (failures <= 0) db.sql("DELETE FROM attempts WHERE bucket = ?").run(bucket.name);
    else
      db.sql(
        "INSERT INTO attempts VALUES (?, ?, ?) ON CONFLICT (bucket) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
      ).run(bucket.name, failures, last_at);
  };

  return {
    attempt(from) {
      const buckets = bucketsOf(from);
      const wait = Math.max(...buckets.map(waitOf));
      if (wait > 0)
        throw new FieldworkError("rate_limited", `Too many attempts; the next one in ${words(wait)}.`, {
          remedy:
            "Wait, sign in with a passkey or from a device that signed in before, or set the password anew on the machine itself.",
          action: ACTIONS.reset_password(),
          details: { retry_after_ms: Math.ceil(wait) },
        });
      db.transaction(() => {
        for (const bucket of buckets) put(bucket, failuresOf(bucket).failures + 1, now());
        db.sql(
          "DELETE FROM attempts WHERE bucket NOT IN (SELECT bucket FROM attempts ORDER BY last_at DESC LIMIT ?)",
        ).run(ROWS_MAX);
      });
      const takeBack = (bucket: Bucket) => {
        const { failures, last_at } = failuresOf(bucket);
        put(bucket, failures - 1, last_at);
      };
      return {
        succeeded() {
          const [own, ...wider] = buckets;
          if (own) put(own, 0, 0);
          for (const bucket of wider) takeBack(bucket);
        },
        undo: () => buckets.forEach(takeBack),
      };
    },
    forgetAll: () => void db.sql("DELETE FROM attempts").run(),
    sweep: () => void db.sql("DELETE FROM attempts WHERE last_at < ?").run(now() - DAY_MS),
  };
}

function bucketsOf(from: Parameters<Throttle["attempt"]>[0]): readonly Bucket[] {
  if ("device" in from) return [{ name: `device ${from.device}`, slope: KNOWN }];
  if ("login" in from) return [{ name: `login ${from.login}`, slope: KNOWN }];
  const place = network(from.address);
  const own: Bucket = { name: `network ${place}`, slope: UNKNOWN };
  return place === "loopback" ? [own] : [own, { name: "strangers", slope: STRANGERS }];
}

const words = (ms: number): string =>
  ms < 90_000 ? `${Math.ceil(ms / 1000)} seconds` : `${Math.ceil(ms / 60_000)} minutes`;
