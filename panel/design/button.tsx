import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import style from "./button.module.css";
import { Spinner } from "./spinner.tsx";

export type ButtonLook = "primary" | "plain" | "quiet" | "danger";

export interface ButtonProps extends Omit<ComponentProps<"button">, "className"> {
  /** `primary`: the one thing to do here; `plain`: others; `quiet`: in bars and lists; `danger`: cannot be taken back. */
  readonly look?: ButtonLook;
  readonly icon?: LucideIcon;
  readonly small?: boolean;
  /** It works on it: shows so, and cannot be pressed again. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** A button with words. */
export function Button({
  look = "plain",
  icon: Icon,
  small,
  busy,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={`${style.button} ${style[look]} ${small ? style.small : ""}`}
    >
      {busy ? <Spinner /> : Icon ? <Icon size={small ? 14 : 16} aria-hidden /> : null}
      <span>{children}</span>
    </button>
  );
}

export interface IconButtonProps
  extends Omit<ComponentProps<"button">, "className" | "children" | "aria-label"> {
  readonly icon: LucideIcon;
  /** What it does: its name for a screen reader and its tooltip. */
  readonly label: string;
  readonly small?: boolean;
  readonly look?: "quiet" | "primary" | "danger";
  readonly busy?: boolean;
}

/** A button that is a picture. */
export function IconButton({
  icon: Icon,
  label,
  small,
  look = "quiet",
  busy,
  disabled,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      disabled={disabled || busy}
      aria-label={label}
      className={`${style.button} ${style[look]} ${style.icon} ${small ? style.small : ""}`}
    >
      {busy ? <Spinner /> : <Icon size={small ? 15 : 18} aria-hidden />}
    </button>
  );
}
