import { SchemaField, withField } from "./field.tsx";
import style from "./form.module.css";
import { fieldKind, type Schema } from "./schema.ts";

/** The fields of an object's schema. `value` holds what is filled in; what is left out keeps its default. */
export function SchemaForm({
  schema,
  value,
  onChange,
}: {
  readonly schema: Schema;
  readonly value: Readonly<Record<string, unknown>>;
  onChange(value: Readonly<Record<string, unknown>>): void;
}) {
  const kind = fieldKind(schema);
  if (kind.kind !== "object")
    return (
      <SchemaField
        name="arguments"
        schema={schema}
        required
        value={value}
        onChange={(next) => onChange((next ?? {}) as Record<string, unknown>)}
      />
    );
  return (
    <div className={style.form}>
      {kind.fields.map(([name, of, required]) => (
        <SchemaField
          key={name}
          name={name}
          schema={of}
          required={required}
          value={value[name]}
          onChange={(next) => onChange(withField(value, name, next) ?? {})}
        />
      ))}
    </div>
  );
}
