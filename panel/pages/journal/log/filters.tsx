import { ListFilter, X } from "lucide-react";
import { useState } from "react";
import { useAddress } from "../../../address/index.ts";
import { useCapability } from "../../../client/index.ts";
import { Button, Checkbox, SearchField, Select, TextField } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./log.module.css";

const words = t.journal.filter;

/** What of the journal is shown; all of it stands in the address. */
export function Filters() {
  const { chosen, choose } = useAddress();
  const agents = useCapability("agent.list", {}).data?.agents ?? [];
  const more = ["session", "from", "to", "reads"].some((name) => chosen(name) !== "");
  const [open, setOpen] = useState(more);
  const families = Object.entries(t.journal.families).map(
    ([kind, name]) => [kind === "all" ? "" : kind, name] as const,
  );
  const kind = chosen("kind");
  const agent = chosen("agent");
  return (
    <search className={style.filters} aria-label={words.label}>
      <div className={style.first}>
        <SearchField
          label={words.text}
          value={chosen("text")}
          onChange={({ target }) => choose({ text: target.value }, { replace: true })}
        />
        <Select
          bare
          label={words.kind}
          value={kind}
          options={families.some(([one]) => one === kind) ? families : [...families, [kind, kind]]}
          onChange={({ target }) => choose({ kind: target.value })}
        />
        <Select
          bare
          label={words.agent}
          value={agent}
          options={[
            ["", words.everyone],
            ...agents
              .filter(({ built_in, id }) => !built_in || id === agent)
              .map(({ id, display_name }) => [id, display_name] as const),
            ...(agent && !agents.some(({ id }) => id === agent) ? [[agent, agent] as const] : []),
          ]}
          onChange={({ target }) => choose({ agent: target.value })}
        />
        <Button look="quiet" icon={ListFilter} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.fewer : words.more}
        </Button>
      </div>
      {open && (
        <div className={style.second}>
          <TextField
            label={words.session}
            value={chosen("session")}
            onChange={({ target }) => choose({ session: target.value }, { replace: true })}
          />
          <TimeField label={words.from} name="from" />
          <TimeField label={words.to} name="to" />
          <Checkbox
            label={words.reads}
            checked={chosen("reads") === "yes"}
            onChange={({ target }) => choose({ reads: target.checked ? "yes" : undefined })}
          />
          {more && (
            <Button
              small
              look="quiet"
              icon={X}
              onClick={() => choose({ session: "", from: "", to: "", reads: "" })}
            >
              {words.clear}
            </Button>
          )}
        </div>
      )}
    </search>
  );
}

/** A time in the viewer's zone; the address has it in UTC. */
function TimeField({ label, name }: { readonly label: string; readonly name: string }) {
  const { chosen, choose } = useAddress();
  return (
    <TextField
      type="datetime-local"
      label={label}
      value={toLocal(chosen(name))}
      onChange={({ target }) => {
        const time = new Date(target.value);
        choose({ [name]: Number.isNaN(time.getTime()) ? undefined : time.toISOString() });
      }}
    />
  );
}

function toLocal(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return "";
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
