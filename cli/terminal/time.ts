const two = (value: number): string => String(value).padStart(2, "0");

/** An instant (ISO 8601 text or milliseconds since 1970) in the local time zone: `2026-01-31 14:05:09`. */
export function localTime(at: string | number | null | undefined): string {
  if (at === null || at === undefined) return "-";
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return String(at);
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** An instant as part of a file name, in UTC: `2026-01-31T14-05-09Z`. */
export const fileTime = (time: Date): string =>
  time
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
