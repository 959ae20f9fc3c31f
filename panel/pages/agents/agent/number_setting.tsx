import { type KeyboardEvent, useState } from "react";
import { TextField } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";

/** A number that is in force when the field is left or Enter is pressed; Escape takes it back. `optional`: empty is `null`. */
export function NumberSetting<Optional extends boolean = false>({
  label,
  hint,
  value,
  min,
  max,
  step,
  optional,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: number | null;
  readonly min: number;
  readonly max?: number;
  /** `any`: parts of one, too. */
  readonly step?: "any";
  readonly optional?: Optional;
  onChange(value: Optional extends true ? number | null : number): Promise<boolean>;
}) {
  const [typed, setTyped] = useState<string>();
  const there = value === null ? "" : String(value);
  const wrong = typed === undefined ? undefined : problemIn(typed, { min, max, step, optional });
  const settle = async () => {
    if (typed === undefined || wrong) return;
    const next = typed.trim() === "" ? null : Number(typed);
    if (next !== value) await onChange(next as number);
    setTyped(undefined);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "Enter") void settle();
    if (event.key === "Escape" && typed !== undefined) {
      event.stopPropagation();
      setTyped(undefined);
    }
  };
  return (
    <TextField
      label={label}
      hint={hint}
      inputMode={step ? "decimal" : "numeric"}
      value={typed ?? there}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={() => void settle()}
      onKeyDown={key}
      problem={wrong}
    />
  );
}

function problemIn(
  typed: string,
  limits: {
    readonly min: number;
    readonly max: number | undefined;
    readonly step: "any" | undefined;
    readonly optional: boolean | undefined;
  },
): string | undefined {
  const words = t.agents.numbers;
  if (typed.trim() === "") return limits.optional ? undefined : words.missing;
  const number = Number(typed);
  if (!Number.isFinite(number)) return words.none;
  if (!limits.step && !Number.isSafeInteger(number)) return words.whole;
  if (number < limits.min) return words.least(limits.min);
  if (limits.max !== undefined && number > limits.max) return words.most(limits.max);
  return undefined;
}
