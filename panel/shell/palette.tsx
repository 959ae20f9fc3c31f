import type { LucideIcon } from "lucide-react";
import {
  Bot,
  CornerDownLeft,
  MessageSquareQuote,
  MessageSquareText,
  Monitor,
  Moon,
  Plus,
  Sun,
} from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { addressOf } from "../address/index.ts";
import { useCapability, useSettled } from "../client/index.ts";
import { Excerpt } from "../excerpt/index.ts";
import { PLACES } from "../pages/index.ts";
import { t } from "../text/index.ts";
import style from "./palette.module.css";
import { setTheme } from "./theme.ts";

interface Entry {
  readonly id: string;
  readonly words: string;
  /** What is shown instead of its words. */
  readonly shown?: ReactNode;
  readonly kind: string;
  readonly icon: LucideIcon;
  run(): void;
}

const SHOWN = 12;
/** Of what was said, besides. */
const SAID = 6;
const SOUGHT_LEAST_CHARS = 2;
const BEFORE_CHARS = 24;

/** Goes anywhere and does anything by a few letters. */
export default function Palette({ onClose }: { onClose(): void }) {
  const [, go] = useLocation();
  const [sought, setSought] = useState("");
  const [at, setAt] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const agents = useCapability("agent.list", { kind: "agent" });
  const sessions = useCapability("session.list", { limit: 200 });
  const query = useSettled(sought.trim());
  const said = useCapability(
    "session.search",
    query.length < SOUGHT_LEAST_CHARS ? undefined : { query, limit: SAID },
  );
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);

  const entries = useMemo((): readonly Entry[] => {
    const agentsThere = agents.data?.agents ?? [];
    return [
      ...PLACES.map(({ name, path, icon }) => ({
        id: path,
        words: t.shell[name] as string,
        kind: t.palette.page,
        icon,
        run: () => go(path),
      })),
      ...agentsThere.map(({ id, display_name }) => ({
        id: `new:${id}`,
        words: t.palette.talkTo(display_name),
        kind: t.palette.action,
        icon: Plus,
        run: () => go(`/chat/${id}`),
      })),
      ...(sessions.data?.sessions ?? []).map(({ session, agent, title }) => ({
        id: `session:${agent}:${session}`,
        words: title || session,
        kind: t.palette.conversation,
        icon: MessageSquareText,
        run: () => go(`/chat/${agent}/${encodeURIComponent(session)}`),
      })),
      ...agentsThere.map(({ id, display_name }) => ({
        id: `agent:${id}`,
        words: display_name,
        kind: t.palette.agent,
        icon: Bot,
        run: () => go(`/agents/${id}`),
      })),
      ...(
        [
          ["light", Sun],
          ["dark", Moon],
          ["auto", Monitor],
        ] as const
      ).map(([theme, icon]) => ({
        id: `theme:${theme}`,
        words: t.palette.colours(t.shell.themes[theme]),
        kind: t.palette.action,
        icon,
        run: () => setTheme(theme),
      })),
    ];
  }, [agents.data, sessions.data, go]);

  const found = useMemo(() => {
    const words = sought.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const named = entries
      .filter((one) => words.every((word) => `${one.words} ${one.kind}`.toLocaleLowerCase().includes(word)))
      .slice(0, SHOWN);
    const placed = query === sought.trim() ? (said.data?.found ?? []) : [];
    return [
      ...named,
      ...placed.flatMap(({ agent, session, title, places: [place] }): readonly Entry[] =>
        place
          ? [
              {
                id: `said:${agent}:${session}`,
                words: title,
                shown: <Excerpt text={place.excerpt} marks={place.marks} before={BEFORE_CHARS} />,
                kind: t.palette.said,
                icon: MessageSquareQuote,
                run: () =>
                  go(addressOf(`/chat/${agent}/${encodeURIComponent(session)}`, { at: String(place.n) })),
              },
            ]
          : [],
      ),
    ];
  }, [entries, sought, query, said.data, go]);
  const chosen = found[Math.min(at, found.length - 1)];

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") run(chosen);
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; the click on the shade is for the mouse alone.
    <dialog
      ref={dialog}
      className={style.palette}
      aria-label={t.shell.palette}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen ? `palette-${chosen.id}` : undefined}
        aria-label={t.shell.palette}
        placeholder={t.shell.paletteHint}
        value={sought}
        onChange={(event) => {
          setSought(event.target.value);
          setAt(0);
        }}
        onKeyDown={key}
      />
      <div id="palette-list" role="listbox" aria-label={t.shell.palette}>
        {found.map((entry) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works from the text field, as a combobox wants it.
          <div
            key={entry.id}
            id={`palette-${entry.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={entry === chosen}
            onClick={() => run(entry)}
          >
            <entry.icon size={17} strokeWidth={1.8} aria-hidden />
            <span>{entry.shown ?? entry.words}</span>
            <small>{entry.kind}</small>
            {entry === chosen && <CornerDownLeft size={14} aria-hidden />}
          </div>
        ))}
        {found.length === 0 && !said.isFetching && <p>{t.shell.paletteEmpty}</p>}
      </div>
    </dialog>
  );
}
