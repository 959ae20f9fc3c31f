import { Check, Copy } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { locale, t } from "../text/index.ts";
import { IconButton } from "./button.tsx";
import style from "./value.module.css";

const MINUTE_MS = 60_000;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_557_600_000],
  ["month", 2_629_800_000],
  ["week", 604_800_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", MINUTE_MS],
];
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
const absolute = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

// One clock for all times on the page; it stands still while nobody looks.
let now = Date.now();
const ticking = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
const tick = () => {
  if (document.hidden) return;
  now = Date.now();
  for (const one of ticking) one();
};
function onTick(listener: () => void): () => void {
  ticking.add(listener);
  timer ??= setInterval(tick, MINUTE_MS / 2);
  return () => {
    ticking.delete(listener);
    if (ticking.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** How long ago, in words; the exact time in the viewer's zone on hover. `at`: ISO text or milliseconds. */
export function Ago({ at }: { readonly at: string | number }) {
  const time = new Date(at);
  const since =
    Math.max(
      useSyncExternalStore(onTick, () => now),
      time.getTime(),
    ) - time.getTime();
  const unit = UNITS.find(([, ms]) => since >= ms);
  return (
    <time dateTime={time.toISOString()} title={absolute.format(time)}>
      {unit ? relative.format(-Math.round(since / unit[1]), unit[0]) : t.common.justNow}
    </time>
  );
}

/** A moment, in the viewer's zone; `short`: the time of day alone. */
export function Moment({ at, short }: { readonly at: string | number; readonly short?: boolean }) {
  const time = new Date(at);
  return (
    <time dateTime={time.toISOString()} title={absolute.format(time)}>
      {(short ? clock : absolute).format(time)}
    </time>
  );
}

const whole = new Intl.NumberFormat(locale);
/** A count. */
export const count = (value: number): string => whole.format(value);

/** A size, such as `3.4 MiB`. */
export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = value < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  return `${(value / 1024 ** power).toLocaleString(locale, { maximumFractionDigits: power === 0 ? 0 : 1 })} ${units[power]}`;
}

/** A duration, such as `840 ms` or `2.1 s` or `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1) return `${(ms * 1000).toFixed(0)} µs`;
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
  if (ms < MINUTE_MS) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / MINUTE_MS)} min ${Math.round((ms % MINUTE_MS) / 1000)} s`;
}

/** An amount of money in US dollars; small ones keep their digits. */
export function dollars(usd: number): string {
  const digits = usd !== 0 && usd < 0.01 ? 4 : 2;
  return usd.toLocaleString(locale, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** Puts text on the clipboard, and says that it did. */
export function CopyButton({
  text,
  label = t.common.copy,
}: {
  readonly text: string;
  readonly label?: string;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const back = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(back);
  }, [copied]);
  return (
    <IconButton
      small
      icon={copied ? Check : Copy}
      label={copied ? t.common.copied : label}
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
    />
  );
}

/** JSON, or any text, as it is; never markup. */
export function Code({ value }: { readonly value: unknown }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <div className={style.code}>
      <div className={style.copy}>
        <CopyButton text={text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
