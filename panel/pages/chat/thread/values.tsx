import style from "./thread.module.css";

export type Values = Readonly<Record<string, unknown>>;

export const SHOWN_MAX_CHARS = 20_000;
const PLAIN_VALUES_MAX = 8;
const PLAIN_MAX_CHARS = 2000;

export const cut = (text: string): string =>
  text.length > SHOWN_MAX_CHARS ? text.slice(0, SHOWN_MAX_CHARS) : text;

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON of an object, as its values; nothing where it is something else or not whole yet. */
export function parse(json: string): Values | undefined {
  if (json.trim() === "") return {};
  try {
    const value = JSON.parse(json) as unknown;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Values that can be listed without depth, where they are that; else they are better shown as they are. */
export function plainOf(value: unknown): Values | undefined {
  const given = typeof value === "string" ? (value.startsWith("{") ? parse(value) : undefined) : value;
  if (!isObject(given) || JSON.stringify(given).length > PLAIN_MAX_CHARS) return undefined;
  const values = Object.values(given);
  const isPlain = values.every((one) => typeof one !== "object" || one === null);
  return isPlain && values.length > 0 && values.length <= PLAIN_VALUES_MAX ? given : undefined;
}

/** Names and values, as words. */
export const ValueList = ({ values }: { readonly values: Values }) => (
  <dl className={style.values}>
    {Object.entries(values).map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{typeof value === "string" ? cut(value) : JSON.stringify(value)}</dd>
      </div>
    ))}
  </dl>
);
