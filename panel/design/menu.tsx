import { Check, EllipsisVertical, type LucideIcon } from "lucide-react";
import { type KeyboardEvent, useId, useRef } from "react";
import { IconButton } from "./button.tsx";
import style from "./menu.module.css";

export interface MenuItem {
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** One of several that exclude each other; true for the one that holds. */
  readonly chosen?: boolean;
  /** A line stands above it. */
  readonly apart?: boolean;
  onSelect(): void;
}

const GAP_PX = 4;
const ITEM = "[role^=menuitem]";

/** A button that opens a list of actions; arrow keys, Home, End and Escape work as everywhere. */
export function Menu({
  label,
  items,
  icon = EllipsisVertical,
  small,
}: {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly icon?: LucideIcon;
  readonly small?: boolean;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  const place = () => {
    const [menu, from] = [list.current, button.current?.getBoundingClientRect()];
    if (!menu || !from) return;
    const { width, height } = menu.getBoundingClientRect();
    const below = from.bottom + GAP_PX + height < innerHeight;
    menu.style.left = `${Math.max(8, Math.min(from.right - width, innerWidth - width - 8))}px`;
    menu.style.top = `${below ? from.bottom + GAP_PX : Math.max(8, from.top - GAP_PX - height)}px`;
  };
  const move = (event: KeyboardEvent) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>(`${ITEM}:not(:disabled)`) ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || all.length === 0) return;
    event.preventDefault();
    all[to % all.length]?.focus();
  };

  return (
    <>
      <IconButton
        ref={button}
        icon={icon}
        label={label}
        small={small ?? false}
        aria-haspopup="menu"
        popoverTarget={id}
        onClick={(event) => event.stopPropagation()}
      />
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={style.menu}
        onKeyDown={move}
        onToggle={(event) => {
          if (event.newState !== "open") return;
          place();
          list.current?.querySelector<HTMLElement>(ITEM)?.focus();
        }}
      >
        {items.map(({ label: words, icon: Icon, danger, disabled, chosen, apart, onSelect }) => (
          <button
            key={words}
            type="button"
            {...(chosen === undefined
              ? { role: "menuitem" }
              : { role: "menuitemradio", "aria-checked": chosen })}
            data-apart={apart || undefined}
            disabled={disabled}
            className={danger ? style.danger : undefined}
            onClick={(event) => {
              event.stopPropagation();
              list.current?.hidePopover();
              onSelect();
            }}
          >
            {Icon && <Icon size={16} aria-hidden />}
            <span>{words}</span>
            {chosen && <Check size={16} aria-hidden />}
          </button>
        ))}
      </div>
    </>
  );
}
