import type { SessionInfo } from "#contract";
import { locale, t } from "../../../text/index.ts";

export interface Group {
  readonly name: string;
  readonly sessions: readonly SessionInfo[];
}

const DAY_MS = 86_400_000;

/** Conversations as a list has them: pinned first, then by how long ago the last word was, in the viewer's days. */
export function groupsOf(sessions: readonly SessionInfo[], now: number): readonly Group[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const groups = new Map<string, SessionInfo[]>();
  const newestFirst = [...sessions].sort((a, b) => (a.last_at < b.last_at ? 1 : -1));
  for (const one of [
    ...newestFirst.filter(({ pinned }) => pinned),
    ...newestFirst.filter(({ pinned }) => !pinned),
  ]) {
    const name = one.pinned ? t.chat.groups.pinned : ageOf(Date.parse(one.last_at), midnight);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups].map(([name, list]) => ({ name, sessions: list }));
}

function ageOf(at: number, midnight: number): string {
  if (at >= midnight) return t.chat.groups.today;
  if (at >= midnight - DAY_MS) return t.chat.groups.yesterday;
  if (at >= midnight - 7 * DAY_MS) return t.chat.groups.week;
  if (at >= midnight - 30 * DAY_MS) return t.chat.groups.month;
  return new Date(at).toLocaleDateString(locale, { month: "long", year: "numeric" });
}
