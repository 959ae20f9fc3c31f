import { type ReactNode, useState } from "react";
import { Switch } from "../../../design/index.ts";

/** A switch of something on the server: it moves at once, and stays where the server says when it has answered. */
export function LiveSwitch({
  label,
  hint,
  checked,
  disabled,
  onSwitch,
}: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly disabled?: boolean;
  onSwitch(on: boolean): Promise<unknown>;
}) {
  const [pending, setPending] = useState<boolean>();
  const change = async (on: boolean) => {
    setPending(on);
    await onSwitch(on);
    setPending(undefined);
  };
  return (
    <Switch
      label={label}
      hint={hint}
      checked={pending ?? checked}
      disabled={disabled ?? false}
      onChange={({ target }) => pending === undefined && void change(target.checked)}
    />
  );
}
