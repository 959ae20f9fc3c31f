import { type KeyboardEvent, useEffect, useRef } from "react";
import style from "./tabs.module.css";

/** Views of one thing, each with an address; arrow keys go from one to the next. */
export function Tabs<Name extends string>({
  label,
  tabs,
  current,
  onSelect,
}: {
  readonly label: string;
  readonly tabs: readonly (readonly [name: Name, words: string])[];
  readonly current: Name;
  onSelect(name: Name): void;
}) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where not all fit, the one that is shown is moved into sight.
  useEffect(() => {
    list.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }, [current]);
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(([name]) => name === current);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    onSelect(next[0]);
    (event.currentTarget.children[tabs.indexOf(next)] as HTMLElement | undefined)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label={label} className={style.tabs} onKeyDown={step}>
      {tabs.map(([name, words]) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === current}
          tabIndex={name === current ? 0 : -1}
          onClick={() => onSelect(name)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
