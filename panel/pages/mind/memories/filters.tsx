import { ListFilter, X } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import type { Hit } from "#contract";
import { useAddress } from "../../../address/index.ts";
import { Button, SearchField, Select, TextField } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./memories.module.css";

const words = t.mind.memories;
const FILTERS = ["wing", "room", "kind", "held", "state"] as const;
const PLACES = ["wing", "room", "kind"] as const;

/** What of the memories is shown; all of it stands in the address. */
export function Filters({
  memories,
  children,
}: {
  /** What is shown now: its wings, rooms and kinds are suggested. */
  readonly memories: readonly Hit[];
  readonly children: ReactNode;
}) {
  const { chosen, choose } = useAddress();
  const any = FILTERS.some((name) => chosen(name) !== "");
  const [open, setOpen] = useState(any);
  const id = useId();
  return (
    <search className={style.filters} aria-label={words.filters}>
      <div className={style.first}>
        <SearchField
          label={words.search}
          value={chosen("q")}
          onChange={({ target }) => choose({ q: target.value }, { replace: true })}
        />
        <Button look="quiet" icon={ListFilter} aria-expanded={open} onClick={() => setOpen(!open)}>
          {words.filters}
        </Button>
        {children}
      </div>
      {open && (
        <div className={style.second}>
          {PLACES.map((name) => (
            <div key={name}>
              <TextField
                label={words[name]}
                placeholder={words.any}
                list={`${id}-${name}`}
                value={chosen(name)}
                onChange={({ target }) => choose({ [name]: target.value }, { replace: true })}
              />
              <datalist id={`${id}-${name}`}>
                {[...new Set(memories.map((memory) => memory[name]))].map(
                  (value) => value && <option key={value} value={value} />,
                )}
              </datalist>
            </div>
          ))}
          <Select
            label={words.state}
            value={chosen("state")}
            options={[
              ["", words.states.all],
              ["current", words.states.current],
              ["tainted", words.states.tainted],
              ["clean", words.states.clean],
            ]}
            onChange={({ target }) => choose({ state: target.value })}
          />
          <TextField
            type="date"
            label={words.held}
            value={chosen("held").slice(0, 10)}
            onChange={({ target }) =>
              choose({
                held: target.value ? new Date(`${target.value}T23:59:59`).toISOString() : undefined,
              })
            }
          />
          {any && (
            <Button
              look="quiet"
              icon={X}
              onClick={() => choose(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
            >
              {words.clear}
            </Button>
          )}
        </div>
      )}
    </search>
  );
}
