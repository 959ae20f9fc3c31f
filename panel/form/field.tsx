import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton, Select, Switch, TextArea, TextField } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./form.module.css";
import { fieldKind, type Schema, words } from "./schema.ts";

export interface FieldProps {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  /** `undefined`: left out. */
  readonly value: unknown;
  onChange(value: unknown): void;
}

/** One field of a form that is drawn from a schema. */
export function SchemaField({ name, schema, required, value, onChange }: FieldProps) {
  const kind = fieldKind(schema, name);
  const label = `${schema.title ?? words(name)}${required ? "" : ` ${t.form.optional}`}`;
  const hint = schema.description;
  const placeholder = schema.default === undefined ? undefined : t.form.byDefault(schema.default);
  const shared = { label, hint, required, placeholder };

  switch (kind.kind) {
    case "text": {
      const text = typeof value === "string" ? value : "";
      const change = (next: string) => onChange(next === "" && !required ? undefined : next);
      return kind.long ? (
        <TextArea {...shared} mono value={text} onChange={(event) => change(event.target.value)} />
      ) : (
        <TextField
          {...shared}
          value={text}
          maxLength={schema.maxLength}
          onChange={(event) => change(event.target.value)}
        />
      );
    }
    case "number":
      return (
        <TextField
          {...shared}
          type="number"
          inputMode={kind.whole ? "numeric" : "decimal"}
          step={kind.whole ? 1 : "any"}
          min={schema.minimum}
          max={schema.maximum}
          value={typeof value === "number" ? value : ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.valueAsNumber)}
        />
      );
    case "yes_no":
      return (
        <Switch
          label={schema.title ?? words(name)}
          hint={hint}
          checked={value === undefined ? schema.default === true : value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case "choice": {
      const none = required ? [] : [["", placeholder ?? t.form.nothing] as const];
      return (
        <Select
          {...shared}
          value={typeof value === "string" ? value : ""}
          options={[...none, ...kind.options.map((one) => [one, one] as const)]}
          onChange={(event) => onChange(event.target.value || undefined)}
        />
      );
    }
    case "list":
      return (
        <ListField
          name={name}
          of={kind.of}
          hint={hint}
          label={label}
          max={schema.maxItems}
          value={value}
          onChange={onChange}
        />
      );
    case "object":
      return (
        <fieldset className={style.group}>
          <legend>{label}</legend>
          {hint && <p>{hint}</p>}
          {kind.fields.map(([field, of, needed]) => (
            <SchemaField
              key={field}
              name={field}
              schema={of}
              required={needed}
              value={(value as Record<string, unknown> | undefined)?.[field]}
              onChange={(next) => onChange(withField(value, field, next))}
            />
          ))}
        </fieldset>
      );
    case "json":
      return <JsonField {...shared} value={value} onChange={onChange} />;
  }
}

/** An object with one field set, or left out where it is `undefined`; nothing where it has no fields then. */
export function withField(value: unknown, field: string, next: unknown): Record<string, unknown> | undefined {
  const { [field]: _, ...rest } = (value ?? {}) as Record<string, unknown>;
  const all = next === undefined ? rest : { ...rest, [field]: next };
  return Object.keys(all).length === 0 ? undefined : all;
}

function ListField({
  name,
  of,
  label,
  hint,
  max = 256,
  value,
  onChange,
}: {
  readonly name: string;
  readonly of: Schema;
  readonly label: string;
  readonly hint: string | undefined;
  readonly max: number | undefined;
  readonly value: unknown;
  onChange(value: unknown): void;
}) {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const change = (next: readonly unknown[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <fieldset className={style.group}>
      <legend>{label}</legend>
      {hint && <p>{hint}</p>}
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item of a list is known by its place alone.
        <div key={at} className={style.item}>
          <SchemaField
            name={`${name} ${at + 1}`}
            schema={of}
            required
            value={item}
            onChange={(next) => change(items.map((one, n) => (n === at ? (next ?? "") : one)))}
          />
          <IconButton
            icon={X}
            small
            label={t.common.remove}
            onClick={() => change(items.filter((_, n) => n !== at))}
          />
        </div>
      ))}
      {items.length < max && (
        <div>
          <Button
            small
            icon={Plus}
            onClick={() => change([...items, fieldKind(of).kind === "number" ? 0 : ""])}
          >
            {t.common.add}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function JsonField({
  label,
  hint,
  placeholder,
  required,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint: string | undefined;
  readonly placeholder: string | undefined;
  readonly required: boolean;
  readonly value: unknown;
  onChange(value: unknown): void;
}) {
  const [text, setText] = useState(value === undefined ? "" : JSON.stringify(value, null, 2));
  const [wrong, setWrong] = useState(false);
  const change = (next: string) => {
    setText(next);
    try {
      onChange(next.trim() === "" ? undefined : JSON.parse(next));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <TextArea
      label={label}
      hint={hint ? `${hint.replace(/\.?$/, ".")} ${t.form.asJson}` : t.form.asJson}
      problem={wrong ? t.form.notJson : undefined}
      placeholder={placeholder}
      required={required}
      mono
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  );
}
